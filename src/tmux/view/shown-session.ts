// One session as an attached tmux client shows it: a model of its screen, fed by the session's own worker, and the way to
// type into it. Never resizes it: its size is what the layout gave its pane. tmux-view.ts draws several of them.

import type { Environment } from "../../base/locations.ts";
import { connect } from "../../client/connect.ts";
import type { Attachment, Bide, SessionConnection } from "../../client/index.ts";
import { LineEncoder } from "../../terminal/line-encoder.ts";
import { contentEnd } from "../../terminal/row-cells.ts";
import { Screen } from "../../terminal/screen.ts";

export interface ShownEvents {
  /** Something on the screen may look different. */
  onChange(): void;
  /** The program ended, or its worker went away. */
  onEnd(): void;
}

/** What the program asked of its terminal's keyboard and mouse, which the outer terminal must do for it. */
export interface WantedModes {
  readonly applicationCursor: boolean;
  readonly applicationKeypad: boolean;
  readonly bracketedPaste: boolean;
  /** The number of the DEC mode (9, 1000, 1002, 1003), or 0. */
  readonly mouse: number;
  readonly mouseSgr: boolean;
  readonly focus: boolean;
}

const MOUSE: Readonly<Record<string, number>> = { X10: 9, VT200: 1000, DRAG: 1002, ANY: 1003 };

export class ShownSession {
  readonly id: string;
  readonly #events: ShownEvents;
  readonly #screen = new Screen({ rows: 24, cols: 80, scrollback: 0 });
  #connection: SessionConnection | undefined;
  #attachment: Attachment | undefined;
  #typed: Uint8Array[] = [];
  #closed = false;
  ended = false;

  constructor(id: string, events: ShownEvents) {
    this.id = id;
    this.#events = events;
  }

  /** Never rejects: a session that cannot be reached has ended. */
  async open(env: Environment, command: readonly string[], readOnly: boolean): Promise<void> {
    let bide: Bide | undefined;
    try {
      bide = await connect({ env, command });
      await this.show(await bide.session(this.id), readOnly);
    } catch {
      this.#over();
    } finally {
      bide?.close();
    }
  }

  /** @throws BideError as SessionConnection.attach does. */
  async show(connection: SessionConnection, readOnly: boolean): Promise<void> {
    this.#connection = connection;
    const { rows, cols } = connection.session;
    this.#attachment = await connection.attach(
      { rows, cols, sized: false, read_only: readOnly, replay: "screen" },
      {
        // What the host knew may be older: a replay that is drawn on fewer rows would scroll its first ones away.
        onAttached: (session) => this.#screen.resize(session.cols, session.rows),
        onOutput: (bytes) => {
          this.#screen.write(bytes);
          this.#events.onChange();
        },
        onLive: () => this.#events.onChange(),
        onEvent: (event) => {
          const { rows: high, cols: wide } = event as { rows?: unknown; cols?: unknown };
          if (event.event !== "resized" || typeof high !== "number" || typeof wide !== "number") return;
          this.#screen.resize(wide, high);
          this.#events.onChange();
        },
      },
    );
    if (this.#closed) return this.close();
    for (const bytes of this.#typed) this.#attachment.write(bytes);
    this.#typed = [];
    void this.#attachment.ended.then(() => this.#over());
  }

  type(bytes: Uint8Array): void {
    if (this.#attachment === undefined) this.#typed.push(bytes.slice());
    else this.#attachment.write(bytes);
  }

  get rows(): number {
    return this.#screen.rows;
  }

  get cols(): number {
    return this.#screen.cols;
  }

  /** One row as text with SGR, plain at both ends, cut and filled with blanks to so many cells. */
  row(index: number, width: number): string {
    const { active } = this.#screen.engine._bufferService.buffers;
    const line = active.lines.get(active.ybase + index);
    if (line === undefined || index >= this.#screen.rows) return " ".repeat(width);
    const cells = Math.min(contentEnd(line), width);
    // A row that is wider than its place is cut by the terminal's edge, or by what is drawn over it afterwards.
    const encoder = new LineEncoder(this.#screen.state.links);
    return new TextDecoder().decode(encoder.encode(line, undefined)) + " ".repeat(Math.max(0, width - cells));
  }

  get cursor(): { readonly row: number; readonly col: number; readonly visible: boolean } {
    const { active } = this.#screen.engine._bufferService.buffers;
    const visible = !this.#screen.engine.coreService.isCursorHidden;
    return { row: active.y, col: Math.min(active.x, this.#screen.cols - 1), visible };
  }

  get modes(): WantedModes {
    const { coreService, mouseStateService } = this.#screen.engine;
    const dec = coreService.decPrivateModes;
    return {
      applicationCursor: dec.applicationCursorKeys,
      applicationKeypad: dec.applicationKeypad,
      bracketedPaste: dec.bracketedPasteMode,
      mouse: MOUSE[mouseStateService.activeProtocol] ?? 0,
      mouseSgr: mouseStateService.activeEncoding.startsWith("SGR"),
      focus: dec.sendFocus,
    };
  }

  close(): void {
    this.#closed = true;
    this.#connection?.close();
  }

  #over(): void {
    if (this.ended || this.#closed) return;
    this.ended = true;
    this.#events.onEnd();
  }
}
