// What the options of a server are, and what holds in a place: a pane's own, its window's, its session's, else the global
// value. Commands and formats ask here; options/ has the table, the values and the rules for setting them.

import { accessSync, constants } from "node:fs";
import type { Pane, Session, Window } from "../model/model.ts";
import type { OptionEntry, OptionValue } from "../options/option-entry.ts";
import { type GlobalOptions, globalOptions, OptionScope, type SavedOptions } from "../options/option-store.ts";
import { findOption, optionEntry } from "../options/option-table.ts";
import { setOption } from "../options/set-option.ts";
import { formatOption } from "../options/show-options.ts";

export interface SettingPlace {
  readonly pane?: Pane | undefined;
  readonly window?: Window | undefined;
  readonly session?: Session | undefined;
}

interface SavedSettings {
  readonly server: SavedOptions;
  readonly session: SavedOptions;
  readonly window: SavedOptions;
  readonly shell: string;
}

export class Settings {
  /** As the labels of bide sessions name this server. */
  readonly namespace: string;
  #shell = "/bin/sh";
  #global: GlobalOptions = globalOptions({ "default-shell": "/bin/sh" });

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  get global(): GlobalOptions {
    return this.#global;
  }

  text(name: string, place: SettingPlace): string {
    const value = this.#find(name, place);
    return typeof value === "string" ? value : "";
  }

  flag(name: string, place: SettingPlace): boolean {
    return this.text(name, place) === "on";
  }

  number(name: string, place: SettingPlace): number {
    return Number(this.text(name, place)) || 0;
  }

  /** The items of an array. */
  list(name: string, place: SettingPlace): readonly string[] {
    const value = this.#find(name, place);
    return value === undefined || typeof value === "string" ? [] : Object.values(value);
  }

  /** What a name stands for (command-alias). */
  alias(name: string): string | undefined {
    for (const item of this.#global.server.items("command-alias")) {
      const at = item.indexOf("=");
      if (at > 0 && item.slice(0, at) === name) return item.slice(at + 1);
    }
    return undefined;
  }

  /** Whether anybody set the hook anywhere. Asked at every command, so it only looks at a set of names. */
  hasHook(name: string): boolean {
    return this.hooksSet.has(name);
  }

  /** Names of hooks that were ever set in the life of this server. */
  readonly hooksSet = new Set<string>();

  /** The commands of a hook that hold in a place, in their order. */
  hook(name: string, place: SettingPlace): readonly string[] {
    return this.list(name, place);
  }

  /** A new server's shell is its first client's, when it can be one. */
  setDefaultShell(shell: string | undefined): void {
    if (shell === undefined || !isShell(shell)) return;
    this.#shell = shell;
    this.#global = globalOptions({ "default-shell": shell });
  }

  /** As a format prints it; undefined when there is no such option. */
  formatValue(name: string, place: SettingPlace): string | undefined {
    return formatOption(name, (one) => this.#find(one, place));
  }

  /** The failure is tmux's text. */
  setPane(pane: Pane, name: string, value: string): string | undefined {
    return this.#set(pane.options, name, value);
  }

  setWindow(window: Window, name: string, value: string): string | undefined {
    return this.#set(window.options, name, value);
  }

  setSession(session: Session, name: string, value: string): string | undefined {
    return this.#set(session.options, name, value);
  }

  sessionScope(stored?: unknown): OptionScope {
    return this.#scope(this.#global.session, stored);
  }

  windowScope(stored?: unknown): OptionScope {
    return this.#scope(this.#global.window, stored);
  }

  paneScope(window: Window, stored?: unknown): OptionScope {
    return this.#scope(window.options, stored);
  }

  toJSON(): SavedSettings {
    const { server, session, window } = this.#global;
    return { server: server.toJSON(), session: session.toJSON(), window: window.toJSON(), shell: this.#shell };
  }

  /** Before anything else is restored: the scopes of sessions and windows hang on the global ones. */
  restore(stored: unknown): void {
    const { server, session, window, shell } = stored as SavedSettings;
    this.setDefaultShell(shell);
    this.#global.server.load(server);
    this.#global.session.load(session);
    this.#global.window.load(window);
    for (const saved of [session, window]) this.#rememberHooks(saved);
  }

  #scope(parent: OptionScope, stored: unknown): OptionScope {
    const scope = new OptionScope(parent);
    if (stored === undefined) return scope;
    scope.load(stored as SavedOptions);
    this.#rememberHooks(stored as SavedOptions);
    return scope;
  }

  #rememberHooks(saved: SavedOptions): void {
    for (const name of Object.keys(saved)) if (optionEntry(name)?.kind === "hook") this.hooksSet.add(name);
  }

  #set(scope: OptionScope, name: string, value: string): string | undefined {
    const found = findOption(name);
    const set = found.ok ? setOption(scope, found.value, name, value, {}, { isShell }) : found;
    return set.ok ? undefined : set.message;
  }

  #find(name: string, { pane, window, session }: SettingPlace): OptionValue | undefined {
    const entry = optionEntry(name);
    if (entry === undefined) return name.startsWith("@") ? this.#findOwn(name, { pane, window, session }) : undefined;
    return this.#scopeFor(entry, { pane, window, session }).find(name);
  }

  #scopeFor(entry: OptionEntry, { pane, window, session }: SettingPlace): OptionScope {
    if (entry.place === "server") return this.#global.server;
    if (entry.place === "session") return session?.options ?? this.#global.session;
    if (entry.place === "pane" && pane !== undefined) return pane.options;
    return (window ?? pane?.window)?.options ?? this.#global.window;
  }

  /** User options may be anywhere: the narrowest wins, the server's come first as in tmux. */
  #findOwn(name: string, { pane, window, session }: SettingPlace): OptionValue | undefined {
    const scopes = [this.#global.server, pane?.options ?? (window ?? pane?.window)?.options, this.#global.window];
    const ofSession = session?.options ?? this.#global.session;
    for (const scope of [...scopes, ofSession]) {
      const value = scope?.find(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** As tmux's checkshell: absolute, executable, and not tmux itself. */
export function isShell(path: string): boolean {
  if (!path.startsWith("/") || path.endsWith("/tmux")) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
