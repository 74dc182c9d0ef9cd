// What happens in a server, told to those who listen: hooks run their commands, control clients get their lines, people
// who are attached see it. Called by everything that changes the model; commands of hooks run later, never inside a change.

import type { Session as BideSession } from "../../client/index.ts";
import type { Pane, Session, Window } from "../model/model.ts";
import { type Target, targetOf } from "../targets/target.ts";
import { showAll } from "./attached-clients.ts";
import type { TmuxClient } from "./client.ts";
import type { CommandContext } from "./command-context.ts";
import { runHook } from "./hooks.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Hears what control mode tells; control/notifications.ts makes the lines. */
export interface ControlListener {
  readonly client: TmuxClient;
  notify(event: ControlEvent): void;
  /** Something printed. */
  stirred(): void;
}

export type ControlEvent =
  | {
      readonly kind: "window-added" | "window-closed" | "window-renamed";
      readonly window: Window;
      readonly session?: Session;
    }
  | { readonly kind: "window-pane-changed" | "layout-changed"; readonly window: Window }
  | { readonly kind: "session-window-changed" | "session-renamed"; readonly session: Session }
  | { readonly kind: "sessions-changed" }
  | {
      readonly kind: "client-session-changed" | "client-detached";
      readonly client: TmuxClient;
      readonly session: Session;
    }
  | { readonly kind: "pane-mode-changed"; readonly pane: Pane }
  | { readonly kind: "paste-buffer-changed" | "paste-buffer-deleted"; readonly name: string };

export class Notifier {
  readonly #server: TmuxServer;
  readonly #control = new Set<ControlListener>();
  #showing = false;

  constructor(server: TmuxServer) {
    this.#server = server;
  }

  listen(listener: ControlListener): void {
    this.#control.add(listener);
  }

  forget(listener: ControlListener): void {
    this.#control.delete(listener);
  }

  /** Runs `after-NAME` of a command. */
  async commandRan(context: CommandContext): Promise<void> {
    const name = `after-${context.command.entry.name}`;
    if (!this.#server.settings.hasHook(name)) return;
    const target = context.target("pane");
    await runHook(this.#server, name, target.ok ? target.value : context.current(), { hook: name });
  }

  sessionCreated(session: Session): void {
    this.#tell({ kind: "sessions-changed" });
    this.#hook("session-created", targetOf(session), {
      hook_session: `$${session.id}`,
      hook_session_name: session.name,
    });
  }

  sessionClosed(session: Session): void {
    this.#tell({ kind: "sessions-changed" });
    this.#hook("session-closed", undefined, { hook_session: `$${session.id}`, hook_session_name: session.name });
  }

  sessionRenamed(session: Session): void {
    this.#tell({ kind: "session-renamed", session });
    this.#hook("session-renamed", targetOf(session), {
      hook_session: `$${session.id}`,
      hook_session_name: session.name,
    });
  }

  sessionWindowChanged(session: Session): void {
    this.#tell({ kind: "session-window-changed", session });
    this.#hook("session-window-changed", targetOf(session), {
      hook_session: `$${session.id}`,
      hook_session_name: session.name,
    });
  }

  windowLinked(session: Session, window: Window): void {
    this.#tell({ kind: "window-added", window, session });
    this.#windowHook("window-linked", window, session);
  }

  windowUnlinked(session: Session, window: Window): void {
    this.#tell({ kind: "window-closed", window, session });
    this.#windowHook("window-unlinked", window, session);
  }

  /** It is in no session any more; that was told when it left the last one. */
  windowClosed(_window: Window): void {
    this.#show();
  }

  windowRenamed(window: Window): void {
    this.#tell({ kind: "window-renamed", window });
    this.#windowHook("window-renamed", window);
  }

  windowPaneChanged(window: Window): void {
    this.#tell({ kind: "window-pane-changed", window });
    this.#windowHook("window-pane-changed", window);
  }

  windowResized(window: Window): void {
    this.#windowHook("window-resized", window);
  }

  layoutChanged(window: Window): void {
    this.#tell({ kind: "layout-changed", window });
    this.#windowHook("window-layout-changed", window);
  }

  paneModeChanged(pane: Pane): void {
    this.#tell({ kind: "pane-mode-changed", pane });
    this.#paneHook("pane-mode-changed", pane);
  }

  paneDied(pane: Pane): void {
    this.#show();
    this.#paneHook("pane-died", pane);
  }

  paneExited(pane: Pane): void {
    this.#paneHook("pane-exited", pane);
  }

  paneTitleChanged(pane: Pane): void {
    this.#paneHook("pane-title-changed", pane);
  }

  /** The focus moved from pane to pane. */
  paneFocus(pane: Pane, within: boolean): void {
    this.#paneHook(within ? "pane-focus-in" : "pane-focus-out", pane);
  }

  /** A program printed, or said what its window is called. */
  paneStatus(pane: Pane, session: BideSession): void {
    for (const listener of this.#control) listener.stirred();
    const { window } = pane;
    const at = session.last_output_at === null ? 0 : Date.parse(session.last_output_at);
    if (at <= window.heardAt) return;
    window.heardAt = at;
    window.activityAt = Math.floor(at / 1000);
    this.#server.alerts.activity(window);
  }

  clientSessionChanged(client: TmuxClient, first: boolean): void {
    const { session } = client;
    if (session === undefined) return;
    this.#tell({ kind: "client-session-changed", client, session });
    const target = targetOf(session);
    if (first) this.#hook("client-attached", target, { hook_client: client.name });
    this.#hook("client-session-changed", target, { hook_client: client.name });
  }

  clientDetached(client: TmuxClient, session: Session): void {
    this.#tell({ kind: "client-detached", client, session });
    this.#hook("client-detached", targetOf(session), { hook_client: client.name });
  }

  clientResized(client: TmuxClient): void {
    const target = client.session && targetOf(client.session);
    this.#hook("client-resized", target, { hook_client: client.name });
  }

  alert(kind: "activity" | "bell" | "silence", window: Window): void {
    this.#windowHook(`alert-${kind}`, window);
  }

  /** What people see may look different now. */
  looksDifferent(): void {
    this.#show();
  }

  bufferChanged(name: string, there: boolean): void {
    this.#tell({ kind: there ? "paste-buffer-changed" : "paste-buffer-deleted", name });
  }

  #paneHook(name: string, pane: Pane): void {
    const state = this.#stateOf(pane);
    const formats = { hook_pane: pane.name, hook_window: `@${pane.window.id}`, hook_window_name: pane.window.name };
    this.#hook(name, state, formats);
  }

  #stateOf(pane: Pane): Target | undefined {
    const session = this.#server.sessionsWith(pane.window)[0];
    const state = session && targetOf(session, session.linkOf(pane.window));
    return state && { ...state, pane };
  }

  #windowHook(name: string, window: Window, session = this.#server.sessionsWith(window)[0]): void {
    const formats = { hook_window: `@${window.id}`, hook_window_name: window.name };
    this.#hook(name, session && targetOf(session, session.linkOf(window) ?? session.current), formats);
  }

  /** Later, because whoever changes the model is still at it. */
  #hook(name: string, target: Target | undefined, formats: Readonly<Record<string, string>>): void {
    this.#show();
    if (!this.#server.settings.hasHook(name)) return;
    setImmediate(() => void runHook(this.#server, name, target, { ...formats, hook: name }));
  }

  #tell(event: ControlEvent): void {
    for (const listener of this.#control) listener.notify(event);
    this.#show();
  }

  /** Once for all that a command changes. */
  #show(): void {
    if (this.#showing) return;
    this.#showing = true;
    setImmediate(() => {
      this.#showing = false;
      showAll(this.#server);
    });
  }
}
