// What the options of a server are, and what holds in a place: a pane's own, its window's, its session's, else the global
// value. Commands and formats ask here.

import type { Pane, Session, Window } from "../model/model.ts";
import type { OptionScope } from "../model/option-scope.ts";

export interface SettingPlace {
  readonly pane?: Pane | undefined;
  readonly window?: Window | undefined;
  readonly session?: Session | undefined;
}

const DEFAULTS: Readonly<Record<string, string>> = {
  "aggressive-resize": "off",
  "allow-set-title": "on",
  "automatic-rename": "on",
  "base-index": "0",
  "buffer-limit": "50",
  "default-command": "",
  "default-shell": "/bin/sh",
  "default-size": "80x24",
  "default-terminal": "tmux-256color",
  "detach-on-destroy": "on",
  "display-time": "750",
  "exit-empty": "on",
  "history-limit": "2000",
  "main-pane-height": "24",
  "main-pane-width": "80",
  "monitor-activity": "off",
  "other-pane-height": "0",
  "other-pane-width": "0",
  "pane-base-index": "0",
  "pane-border-status": "off",
  "remain-on-exit": "off",
  "renumber-windows": "off",
  status: "on",
  "synchronize-panes": "off",
  "update-environment": "DISPLAY SSH_ASKPASS SSH_AUTH_SOCK",
  "window-size": "latest",
};

export class Settings {
  readonly #global: Record<string, string> = { ...DEFAULTS };

  /** As the record of a bide session names this server. */
  readonly namespace = "default";

  text(name: string, { pane, window, session }: SettingPlace): string {
    const scopes = [pane?.options, (window ?? pane?.window)?.options, session?.options, this.#global];
    return scopes.find((scope) => scope?.[name] !== undefined)?.[name] ?? "";
  }

  flag(name: string, place: SettingPlace): boolean {
    return ["on", "1"].includes(this.text(name, place));
  }

  number(name: string, place: SettingPlace): number {
    return Number(this.text(name, place));
  }

  list(name: string, place: SettingPlace): string[] {
    return this.text(name, place).split(" ").filter(Boolean);
  }

  /** What a name stands for (command-alias). */
  alias(_name: string): string | undefined {
    return undefined;
  }

  hasHook(_name: string): boolean {
    return false;
  }

  hook(_name: string, _place: SettingPlace): readonly string[] {
    return [];
  }

  /** A new server's shell is its first client's. */
  setDefaultShell(shell: string | undefined): void {
    if (shell?.startsWith("/")) this.#global["default-shell"] = shell;
  }

  /** As a format prints it; undefined when there is no such option. */
  formatValue(name: string, place: SettingPlace): string | undefined {
    return Object.hasOwn(DEFAULTS, name) ? this.text(name, place) : undefined;
  }

  /** The failure is tmux's text. */
  setPane(pane: Pane, name: string, value: string): string | undefined {
    pane.options[name] = value;
    return undefined;
  }

  setWindow(window: Window, name: string, value: string): string | undefined {
    window.options[name] = value;
    return undefined;
  }

  setSession(session: Session, name: string, value: string): string | undefined {
    session.options[name] = value;
    return undefined;
  }

  windowScope(stored?: unknown): OptionScope {
    return (stored as OptionScope | undefined) ?? {};
  }

  paneScope(_window: Window, stored?: unknown): OptionScope {
    return (stored as OptionScope | undefined) ?? {};
  }

  sessionScope(stored?: unknown): OptionScope {
    return (stored as OptionScope | undefined) ?? {};
  }

  toJSON(): unknown {
    return { global: this.#global };
  }

  restore(stored: unknown): void {
    Object.assign(this.#global, (stored as { global?: Record<string, string> } | null)?.global);
  }
}
