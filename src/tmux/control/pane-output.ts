// What the panes of a control client's session print, sent to it as %output: read from each session's log by offset, so a
// client that reads slowly slows nobody down and loses nothing; with pause-after a pane that it is too far behind with
// is paused, and goes on where the pane is when the client says so.

import type { Pane } from "../model/model.ts";
import type { TmuxClient } from "../server/client.ts";
import type { ShimConnection } from "../server/connection.ts";
import type { TmuxServer } from "../server/tmux-server.ts";
import { escapeOutput } from "./escape-output.ts";

/** More is not read ahead for a client that does not take it. */
const MOST_UNSENT = 256 * 1024;

interface Followed {
  state: "on" | "off" | "paused";
  stopped: boolean;
  /** Wakes the one who follows when the state changed. */
  wake: () => void;
}

export class PaneOutput {
  readonly #server: TmuxServer;
  readonly #client: TmuxClient;
  readonly #connection: ShimConnection;
  readonly #tell: (line: string) => void;
  readonly #followed = new Map<Pane, Followed>();

  constructor(server: TmuxServer, client: TmuxClient, connection: ShimConnection, tell: (line: string) => void) {
    this.#server = server;
    this.#client = client;
    this.#connection = connection;
    this.#tell = tell;
  }

  /** Follows the panes of the session that the client looks at now, and no others. */
  update(): void {
    const windows = new Set(this.#client.session?.links.map((link) => link.window));
    for (const [pane, followed] of this.#followed) {
      if (windows.has(pane.window) && this.#server.panes.has(pane.id)) continue;
      followed.stopped = true;
      followed.wake();
      this.#followed.delete(pane);
    }
    for (const window of windows) {
      for (const pane of window.panes) {
        if (this.#followed.has(pane) || pane.dead !== null) continue;
        const followed: Followed = { state: "on", stopped: false, wake: () => {} };
        this.#followed.set(pane, followed);
        void this.#follow(pane, followed).finally(() => {
          // The same pane may run another program later (respawn-pane).
          if (this.#followed.get(pane) === followed) this.#followed.delete(pane);
        });
      }
    }
  }

  /** `refresh-client -A %1:on`, `off`, `continue`, `pause`. */
  change(text: string): void {
    const match = /^%(\d+):(on|off|continue|pause)$/.exec(text);
    const pane = match === null ? undefined : this.#server.paneById(Number(match[1]));
    const followed = pane && this.#followed.get(pane);
    if (pane === undefined || followed === undefined) return;
    const wanted = match?.[2];
    if (wanted === "pause") this.#pause(pane, followed);
    else if (wanted === "off") followed.state = "off";
    else {
      if (wanted === "continue" && followed.state === "paused") this.#tell(`%continue ${pane.name}`);
      followed.state = "on";
      followed.wake();
    }
  }

  dispose(): void {
    for (const followed of this.#followed.values()) {
      followed.stopped = true;
      followed.wake();
    }
    this.#followed.clear();
  }

  #pause(pane: Pane, followed: Followed): void {
    if (followed.state === "paused") return;
    followed.state = "paused";
    this.#tell(`%pause ${pane.name}`);
  }

  async #follow(pane: Pane, followed: Followed): Promise<void> {
    const link = await this.#server.programs.link(pane);
    if (link === undefined) return;
    try {
      let offset = pane.followFrom ?? (await link.offset());
      pane.followFrom = undefined;
      while (!followed.stopped) {
        if (followed.state !== "on") {
          await new Promise<void>((resolve) => {
            followed.wake = resolve;
          });
          // What was printed meanwhile is on the screen, which the client asks for.
          offset = await link.offset();
          continue;
        }
        const { result, bytes } = await link.readLog(offset);
        if (followed.stopped) return;
        offset = result.next;
        if (bytes.length > 0 && followed.state === "on") await this.#send(pane, followed, bytes);
        if (result.ended && offset >= result.end) return;
      }
    } catch {
      // Its worker is gone.
    }
  }

  async #send(pane: Pane, followed: Followed, bytes: Uint8Array): Promise<void> {
    if (this.#client.flags.has("no-output")) return;
    const after = pauseAfter(this.#client);
    const read = performance.now();
    if (this.#connection.unsentBytes > MOST_UNSENT) {
      const drained = this.#connection.drainedBelow(MOST_UNSENT);
      if (after === undefined) await drained;
      else {
        const late = Promise.withResolvers<"late">();
        const timer = setTimeout(() => late.resolve("late"), after * 1000);
        const first = await Promise.race([drained, late.promise]);
        clearTimeout(timer);
        if (first === "late") return this.#pause(pane, followed);
      }
    }
    const age = Math.round(performance.now() - read);
    const head = after === undefined ? `%output ${pane.name} ` : `%extended-output ${pane.name} ${age} : `;
    this.#connection.output(Buffer.concat([Buffer.from(head), escapeOutput(bytes), Buffer.from("\n")]));
  }
}

/** Seconds; undefined when the client did not ask for flow control. */
function pauseAfter(client: TmuxClient): number | undefined {
  const flag = [...client.flags].find((one) => one === "pause-after" || one.startsWith("pause-after="));
  if (flag === undefined) return undefined;
  return Math.max(1, Number(flag.split("=")[1] ?? 1) || 1);
}
