// The programs of panes: a pane's is a bide session of its own, started, asked, resized and ended here. What becomes of a
// pane whose program has ended is decided in pane-ends.ts. Everything goes through the host's and the workers' sockets.

import { messageOf } from "../../base/errors.ts";
import { connect } from "../../client/connect.ts";
import type { Bide, Session as BideSession } from "../../client/index.ts";
import { type Pane, seconds } from "../model/model.ts";
import { commandOf, environmentOf, nameFor, type Start } from "./pane-command.ts";
import { programEnded } from "./pane-ends.ts";
import { PaneLink } from "./pane-link.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Closing a terminal gives a program this long before it is told with TERM, then KILL. */
const HANG_UP_MS = 1000;

export class PanePrograms {
  readonly #server: TmuxServer;
  readonly #links = new Map<Pane, PaneLink>();
  readonly #endings = new WeakMap<Pane, Promise<void>>();
  readonly #restarting = new Set<Pane>();
  #bide: Promise<Bide> | undefined;

  constructor(server: TmuxServer) {
    this.#server = server;
  }

  bide(): Promise<Bide> {
    this.#bide ??= connect({ env: this.#server.surroundings.env, startHost: false });
    return this.#bide;
  }

  /** The way to the program of a pane; undefined when it has ended. */
  async link(pane: Pane): Promise<PaneLink | undefined> {
    await pane.ready;
    return this.#links.get(pane);
  }

  /** Resolves when what follows from the end of a pane's program has been done. */
  async ended(pane: Pane): Promise<void> {
    await this.#endings.get(pane);
  }

  hasPrinted(pane: Pane): boolean {
    return (this.#links.get(pane)?.session.output_bytes ?? 0) > 0;
  }

  linkNow(pane: Pane): PaneLink | undefined {
    return this.#links.get(pane);
  }

  /** Starts the program of a new pane; a failure is tmux's text for it. Every caller awaits it before it answers. */
  async start(pane: Pane, start: Start): Promise<string | undefined> {
    let failure: string | undefined;
    pane.ready = this.#start(pane, start).then((problem) => {
      failure = problem;
    });
    await pane.ready;
    return failure;
  }

  async #start(pane: Pane, start: Start): Promise<string | undefined> {
    const argv = commandOf(this.#server, pane, start);
    const bide = await this.bide();
    pane.followFrom = 0;
    const spec = {
      argv: [...argv],
      env: environmentOf(this.#server, pane, start, argv),
      cwd: pane.cwd,
      umask: start.umask,
      rows: Math.max(1, Math.min(1000, pane.rows)),
      cols: Math.max(1, Math.min(1000, pane.cols)),
      role: "shell",
      labels: { tmux: `${this.#server.settings.namespace}:${pane.name}` },
      ...(this.#server.isDefault && { pane_id: pane.name }),
    };
    try {
      const session = await this.#startNamed(bide, spec, nameFor(start.session.name, pane));
      await this.#follow(pane, session);
      return undefined;
    } catch (error) {
      return `create pane failed: ${messageOf(error)}`;
    }
  }

  /** Starts a program that is in no window (a popup); a text is what is wrong. */
  async startLoose(pane: Pane, start: Start): Promise<BideSession | string> {
    const argv = commandOf(this.#server, pane, start);
    try {
      const bide = await this.bide();
      const env = environmentOf(this.#server, pane, start, argv);
      const { session } = await bide.request("session.start", {
        argv: [...argv],
        env: { ...env, TMUX_PANE: start.session.current?.window.active?.name ?? "" },
        cwd: start.cwd,
        umask: start.umask,
        rows: pane.rows,
        cols: pane.cols,
        role: "shell",
        labels: { tmux: `${this.#server.settings.namespace}:popup` },
      });
      return session;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** The name that says where it belongs; when somebody has it, whatever bide makes up. */
  async #startNamed(bide: Bide, spec: Parameters<Bide["request"]>[1] & object, name: string): Promise<BideSession> {
    const full = spec as Parameters<typeof bide.request<"session.start">>[1];
    try {
      return (await bide.request("session.start", { ...full, name })).session;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (code !== "name_taken" && code !== "bad_name") throw error;
      return (await bide.request("session.start", full)).session;
    }
  }

  /** Takes over a session that runs already: after a restart of the host, and for one that is adopted. */
  async follow(pane: Pane, session: BideSession): Promise<void> {
    pane.ready = this.#follow(pane, session).catch(() => {});
    await pane.ready;
  }

  async #follow(pane: Pane, session: BideSession): Promise<void> {
    pane.sessionId = session.session_id;
    // Another call may have written the record while this pane had no session: without it a new host would drop the pane.
    this.#server.changed();
    pane.pid = session.child_pid ?? 0;
    pane.dead = null;
    let gone = false;
    const ended = (known: BideSession) => {
      if (gone) return;
      gone = true;
      this.#links.get(pane)?.close();
      this.#links.delete(pane);
      if (this.#restarting.has(pane)) return;
      const ending = this.#endOf(known).then((last) => programEnded(this.#server, pane, last));
      this.#endings.set(pane, ending);
    };
    try {
      const link = await PaneLink.open(this.#server.surroundings.runtimeDir, session, {
        onStatus: (now) => (isRunning(now) ? this.#status(pane, now) : ended(now)),
        onGone: ended,
      });
      this.#links.set(pane, link);
      // Whoever looks at its window can see it now.
      this.#server.notifier.looksDifferent();
      pane.tty = (await link.facts({ screen: false, history: false })).tty;
    } catch {
      // It ended before anybody could listen.
      ended(session);
    }
  }

  /** How a session ended whose worker went away before it could say so: the host finds out. */
  async #endOf(known: BideSession): Promise<BideSession> {
    if (!isRunning(known)) return known;
    try {
      const bide = await this.bide();
      // Its own journal has the end before anybody else knows.
      const { events } = await bide.request("session.events_read", { session_id: known.session_id, tail: 4 });
      const exited = events.findLast((event) => event.event === "exited" || event.event === "restarted");
      if (exited?.event === "exited") {
        const { state, exit_code, exit_signal } = exited as unknown as BideSession;
        return { ...known, state, exit_code, exit_signal };
      }
      return (await bide.request("session.resolve", { selector: { text: known.session_id }, fresh: true })).session;
    } catch {
      return known;
    }
  }

  /** `respawn-pane`: the same bide session with its log and history, another program. A failure is tmux's text. */
  async restart(pane: Pane, start: Start, command: readonly string[] | undefined): Promise<string | undefined> {
    const done = Promise.withResolvers<void>();
    pane.ready = done.promise;
    this.#restarting.add(pane);
    try {
      const bide = await this.bide();
      const link = this.#links.get(pane);
      if (link !== undefined) {
        await bide.request("session.kill", { selectors: [{ text: pane.sessionId }] });
        this.#links.delete(pane);
        link.close();
      }
      if (command !== undefined) pane.argv = command;
      const argv = commandOf(this.#server, pane, { ...start, argv: pane.argv });
      const { session } = await bide.request("session.restart", {
        selector: { text: pane.sessionId },
        argv: [...argv],
        env: environmentOf(this.#server, pane, start, argv),
        cwd: pane.cwd,
        rows: Math.max(1, Math.min(1000, pane.rows)),
        cols: Math.max(1, Math.min(1000, pane.cols)),
        keep_screen: false,
      });
      this.#restarting.delete(pane);
      await this.#follow(pane, session);
      return undefined;
    } catch (error) {
      pane.dead ??= { status: 127, signal: null, time: seconds(), text: "" };
      return `respawn pane failed: ${messageOf(error)}`;
    } finally {
      this.#restarting.delete(pane);
      done.resolve();
    }
  }

  /** The pane is no more: its terminal is closed. Not waited for by any command. */
  async end(pane: Pane): Promise<void> {
    await pane.ready;
    const link = this.#links.get(pane);
    this.#links.delete(pane);
    if (link === undefined) return;
    await link.hangUp(HANG_UP_MS).catch(() => {});
    link.close();
  }

  /** Lets go without ending anything: an adopted session when its server ends, every one when the host does. */
  release(pane: Pane): void {
    this.#links.get(pane)?.close();
    this.#links.delete(pane);
  }

  resize(pane: Pane): void {
    const { cols, rows } = pane;
    void this.link(pane).then((link) => link?.resize(Math.min(1000, cols), Math.min(1000, rows)).catch(() => {}));
  }

  dispose(): void {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    void this.#bide?.then((bide) => bide.close());
  }

  #status(pane: Pane, session: BideSession): void {
    pane.pid = session.child_pid ?? pane.pid;
    this.#server.notifier.paneStatus(pane, session);
  }
}

export function isRunning(session: BideSession): boolean {
  return session.state === "running" || session.state === "starting";
}
