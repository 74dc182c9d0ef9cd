// One tmux server: the sessions, windows and panes of a namespace with everything that belongs to them. It changes only
// here and in the files that it names; commands/ decide what is to change. namespaces.ts makes one per socket.

import { hostname } from "node:os";
import { basename } from "node:path";
import type { KeyTables } from "../keys/key-tables.ts";
import type { BorderStatus } from "../layout/layout.ts";
import { EnvironmentTable } from "../model/environment-table.ts";
import { type Pane, type Session, seconds, type Window, type Winlink } from "../model/model.ts";
import type { ServiceSurroundings } from "../service-surroundings.ts";
import type { TargetSpace } from "../targets/target-space.ts";
import { Alerts } from "./alerts.ts";
import { detachClient, endUnattached, leaveSession, showClient } from "./attached-clients.ts";
import { nobody, type TmuxClient } from "./client.ts";
import type { CommandHandler } from "./command-context.ts";
import { Jobs } from "./jobs.ts";
import { Notifier } from "./notifier.ts";
import { PanePrograms } from "./pane-programs.ts";
import { PasteBuffers } from "./paste-buffers.ts";
import { writeRecord } from "./record.ts";
import { Settings } from "./settings.ts";
import { WaitChannels } from "./wait-channels.ts";
import { applyLayout, recalculateSizes } from "./window-sizes.ts";

const MOST_MESSAGES = 1000;

export interface TmuxServerOptions {
  readonly socket: string;
  /** The namespace of those who name none: its pane ids are bide's own. */
  readonly isDefault: boolean;
  readonly surroundings: ServiceSurroundings;
  /** What runs each command, by its full name. */
  readonly handlers: Readonly<Record<string, CommandHandler>>;
  /** Nothing is left: the server has ended. */
  readonly onEmpty: () => void;
}

export class TmuxServer implements TargetSpace {
  readonly socket: string;
  readonly isDefault: boolean;
  readonly surroundings: ServiceSurroundings;
  readonly handlers: Readonly<Record<string, CommandHandler>>;
  #startedAt: number;
  readonly settings: Settings;
  readonly environment = new EnvironmentTable();
  readonly buffers = new PasteBuffers();
  readonly channels = new WaitChannels();
  readonly clients = new Set<TmuxClient>();
  readonly programs: PanePrograms;
  readonly notifier: Notifier;
  readonly alerts: Alerts;
  readonly jobs: Jobs;
  /** Files that were read at the start. */
  readonly configFiles: string[] = [];
  /** Sessions of bide that are being taken in, by pane. */
  readonly adopting = new Map<number, Promise<void>>();
  /** The host ends, and all that is here comes back with the next one. */
  stopping = false;
  readonly hostName = hostname();
  readonly windows = new Map<number, Window>();
  readonly panes = new Map<number, Pane>();
  /** Texts of `show-messages`, the last ones. */
  readonly messages: string[] = [];
  /** What has to be done before the first command: done once. */
  begin: Promise<void> | undefined;
  /** It came back from its record: it has an environment and a configuration. */
  restored = false;
  /** Made at the first question about keys; what was bound is recorded, the defaults are not. */
  keys: KeyTables | undefined;
  savedKeys: unknown;
  marked: Pane | undefined;
  nextSession = 0;
  nextWindow = 0;
  nextPane = 0;
  /** Ids of windows and panes are given by us, sessions have an order by name. */
  readonly #sessions = new Set<Session>();
  readonly #onEmpty: () => void;
  #activePoint = 0;
  #items = 256;
  #ended = false;
  #dirty = false;

  constructor(options: TmuxServerOptions, startedAt = seconds()) {
    this.socket = options.socket;
    this.isDefault = options.isDefault;
    this.surroundings = options.surroundings;
    this.handlers = options.handlers;
    this.#startedAt = startedAt;
    this.#onEmpty = options.onEmpty;
    this.settings = new Settings(basename(options.socket));
    this.programs = new PanePrograms(this);
    this.notifier = new Notifier(this);
    this.alerts = new Alerts(this);
    this.jobs = new Jobs(this);
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  /** It came back: it began when its record says. */
  restoreStart(startedAt: number): void {
    this.#startedAt = startedAt;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** By name, as tmux lists them. */
  get sessions(): readonly Session[] {
    return [...this.#sessions].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  get attachedClients(): readonly TmuxClient[] {
    return [...this.clients].filter((client) => client.session !== undefined);
  }

  sessionNamed(name: string): Session | undefined {
    return [...this.#sessions].find((session) => session.name === name);
  }

  addSession(session: Session): void {
    this.#sessions.add(session);
    this.changed();
  }

  windowById(id: number): Window | undefined {
    return this.windows.get(id);
  }

  paneById(id: number): Pane | undefined {
    return this.panes.get(id);
  }

  sessionOfClient(name: string): Session | undefined {
    return this.attachedClients.find((client) => client.name === name || client.name === `/dev/${name}`)?.session;
  }

  attachedTo(session: Session): number {
    return this.attachedClients.filter((client) => client.session === session).length;
  }

  paneBase(window: Window): number {
    return this.settings.number("pane-base-index", { window });
  }

  border(window: Window): BorderStatus {
    return this.settings.text("pane-border-status", { window }) as BorderStatus;
  }

  /** Sessions that show a window, each once. */
  sessionsWith(window: Window): readonly Session[] {
    return this.sessions.filter((session) => session.linkOf(window) !== undefined);
  }

  linksOf(window: Window): readonly Winlink[] {
    return this.sessions.flatMap((session) => session.links.filter((link) => link.window === window));
  }

  /** A pane id that this server never gave out. */
  takePaneId(): number {
    if (this.isDefault) return Number(this.surroundings.reservePane().slice(1));
    const id = this.nextPane;
    this.nextPane += 1;
    return id;
  }

  /** The free name for a session that gets none: its number. */
  freeSessionName(): string {
    let number = this.nextSession;
    while (this.sessionNamed(String(number)) !== undefined) number += 1;
    return String(number);
  }

  /** The first index from base-index on that nothing is at; from `from` on when given. */
  freeIndex(session: Session, from = this.settings.number("base-index", { session })): number {
    let index = from;
    while (session.linkAt(index) !== undefined) index += 1;
    return index;
  }

  /** Makes a pane the active one of its window; false when it was already. */
  activate(pane: Pane): boolean {
    const { window } = pane;
    this.#activePoint += 1;
    pane.activePoint = this.#activePoint;
    if (window.active === pane) return false;
    const before = window.active;
    if (before !== undefined) window.lastPanes = [before, ...window.lastPanes.filter((one) => one !== before)];
    window.lastPanes = window.lastPanes.filter((one) => one !== pane);
    window.active = pane;
    this.changed();
    return true;
  }

  /** Puts the panes of a window where its layout has them, and tells nobody. */
  placePanes(window: Window): void {
    applyLayout(this, window, true);
  }

  /** The number of a command in control mode's answers. */
  nextItem(): number {
    this.#items += 1;
    return this.#items;
  }

  /** Somebody used the session. */
  touch(session: Session): void {
    session.activityAt = Date.now();
  }

  /** A client that nobody sits at, for hooks and bindings. */
  nobody(): TmuxClient {
    const env: Record<string, string> = {};
    for (const [name, { value }] of this.environment.entries) if (value !== null) env[name] = value;
    return nobody(env.HOME ?? "/", env);
  }

  /** Keeps a line for `show-messages`. */
  say(message: string): void {
    this.messages.push(`${new Date().toTimeString().slice(0, 8)}: ${message}`);
    if (this.messages.length > MOST_MESSAGES) this.messages.shift();
  }

  clientResized(client: TmuxClient): void {
    client.activityAt = Date.now();
    recalculateSizes(this);
    this.notifier.clientResized(client);
    showClient(this, client);
    this.flush();
  }

  /** The client's terminal does no longer show its pane. */
  clientLeftPane(client: TmuxClient, left: { kind: "detached" | "ended" | "lost"; session_id: string }): void {
    if (left.session_id === client.popup?.session_id) {
      if (left.kind === "detached") client.closePopup?.();
    } else if (left.kind === "detached") detachClient(this, client);
  }

  clientGone(client: TmuxClient): void {
    this.clients.delete(client);
    const { session } = client;
    if (session === undefined) return;
    client.session = undefined;
    this.notifier.clientDetached(client, session);
    recalculateSizes(this);
    endUnattached(this, session);
    this.flush();
  }

  /** Its session is about to go. */
  leaveSession(client: TmuxClient, session: Session): void {
    leaveSession(this, client, session);
  }

  /** Records what has changed outside of any command. */
  flush(): void {
    if (this.takeDirty() && !this.#ended) writeRecord(this);
  }

  removeSession(session: Session): void {
    if (!this.#sessions.delete(session)) return;
    if (session.group !== null) {
      session.group.sessions = session.group.sessions.filter((one) => one !== session);
    }
    this.notifier.sessionClosed(session);
    this.changed();
    this.endIfEmpty();
  }

  /** exit-empty: a server without sessions ends. */
  endIfEmpty(): void {
    if (this.#sessions.size > 0 || !this.settings.flag("exit-empty", {})) return;
    this.end();
  }

  /** Something has to be in the record before the next answer goes out. */
  changed(): void {
    this.#dirty = true;
  }

  /** Whether there is something to record; asked once for each answer. */
  takeDirty(): boolean {
    const dirty = this.#dirty;
    this.#dirty = false;
    return dirty;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const client of this.clients) {
      if (client.session === undefined && !client.control) continue;
      client.end("[server exited]");
    }
    this.channels.end();
    this.#onEmpty();
  }
}
