// What a person sees who is attached to a tmux session: the active pane, the status row, a popup over it. The server says
// which sessions those are; this wires the terminal, the sessions and the drawing, and gives the terminal back at the end.

import { OuterTerminal, STDOUT } from "../attach/outer-terminal.ts";
import { guardTerminal, say } from "../attach/terminal-guard.ts";
import { TerminalWriter } from "../attach/terminal-writer.ts";
import { Disposables } from "../base/disposable.ts";
import { unwrap } from "../base/errors.ts";
import type { Environment } from "../base/locations.ts";
import { asPaneKeys } from "../tmux/keys/home-end.ts";
import { Drawing } from "../tmux/view/draw.ts";
import { PrefixKeys, prefixBytes } from "../tmux/view/prefix-keys.ts";
import { ShownSession } from "../tmux/view/shown-session.ts";
import type { AttachEvents, AttachedView } from "../tmux/wire/shim-call.ts";
import type { ClientShow } from "../tmux/wire/wire.ts";

interface Place {
  readonly env: Environment;
  readonly command: readonly string[];
}

/** A screen of our own, and at the end everything that any program may have asked for is taken back. */
const BEGIN = "\x1b[22;0t\x1b[?1049h\x1b[2J\x1b[H";
const END = "\x1b[?2026l\x1b[m\x1b[?1l\x1b>\x1b[?9;1000;1002;1003;1004;1006;2004l\x1b[?25h\x1b[?1049l\x1b[23;0t";
/** A flood is drawn this often; a key's echo at once. */
const FRAME_MS = 16;

/** @throws BideError `not_a_terminal`. */
export function openView(events: AttachEvents, place: Place): AttachedView {
  return new TmuxView(unwrap(OuterTerminal.open()), events, place);
}

class TmuxView implements AttachedView {
  readonly #terminal: OuterTerminal;
  readonly #events: AttachEvents;
  readonly #place: Place;
  readonly #writer: TerminalWriter;
  readonly #drawing = new Drawing();
  readonly #keys = new PrefixKeys();
  readonly #parts = new Disposables();
  #shown: ClientShow | undefined;
  #pane: ShownSession | undefined;
  #popup: ShownSession | undefined;
  #timer: Timer | undefined;
  #lastDrawn = 0;
  #over = false;

  constructor(terminal: OuterTerminal, events: AttachEvents, place: Place) {
    this.#terminal = terminal;
    this.#events = events;
    this.#place = place;
    const direct = terminal.openDirect();
    this.#writer = new TerminalWriter({ fd: STDOUT, ...(direct !== undefined && { direct }) });
    terminal.makeRaw();
    this.#parts.add(
      guardTerminal({
        giveBack: () => this.#giveBack(),
        onSignal: () => this.#events.left({ kind: "detached", session_id: this.#pane?.id ?? "" }),
        onContinued: () => this.#redraw(),
      }),
    );
    this.#parts.add(terminal.onResize(() => this.#resized()));
    this.#parts.add(
      terminal.input.listen({
        onBytes: (bytes) => this.#typed(bytes),
        onEnd: () => this.#events.left({ kind: "detached", session_id: this.#pane?.id ?? "" }),
      }),
    );
    this.#writer.write(encoder.encode(BEGIN));
  }

  show(what: ClientShow): void {
    this.#shown = what;
    this.#keys.prefixes = prefixBytes([what.prefix, what.prefix2 ?? "None"]);
    if (this.#pane?.id !== what.session_id) {
      this.#pane?.close();
      this.#pane = this.#open(what.session_id, what.read_only);
    }
    if (this.#popup?.id !== what.popup?.session_id) {
      this.#popup?.close();
      this.#popup = what.popup === null ? undefined : this.#open(what.popup.session_id, false);
      this.#drawing.forget();
    }
    this.#soon();
  }

  async end(message: string | undefined): Promise<void> {
    if (this.#over) return;
    this.#writer.discard();
    this.#giveBack();
    this.#parts.dispose();
    this.#pane?.close();
    this.#popup?.close();
    this.#terminal.dispose();
    if (message !== undefined) say(message);
  }

  #open(id: string, readOnly: boolean): ShownSession {
    const session = new ShownSession(id, {
      onChange: () => this.#soon(),
      onEnd: () => {
        this.#events.left({ kind: "ended", session_id: id });
        this.#soon();
      },
    });
    void session.open(this.#place.env, this.#place.command, readOnly);
    return session;
  }

  #typed(bytes: Uint8Array): undefined {
    const popup = this.#popup;
    if (popup?.ended) {
      // It stays to be read; whatever is typed closes it.
      this.#events.left({ kind: "detached", session_id: popup.id });
      return undefined;
    }
    for (const typed of popup === undefined ? this.#keys.push(bytes) : [{ kind: "bytes" as const, bytes }]) {
      if (typed.kind === "key") this.#events.key(typed.key);
      else if (popup !== undefined) popup.type(asPaneKeys(typed.bytes));
      else if (this.#shown?.read_only !== true) {
        this.#pane?.type(this.#shown?.adopted ? typed.bytes : asPaneKeys(typed.bytes));
      }
    }
    return undefined;
  }

  #resized(): void {
    const { cols, rows } = this.#terminal.size;
    this.#events.resized({ cols, rows });
    this.#redraw();
  }

  #redraw(): void {
    if (this.#over) return;
    this.#terminal.makeRaw();
    this.#drawing.forget();
    this.#writer.write(encoder.encode("\x1b[2J"));
    this.#soon();
  }

  /** One picture for all that happens within a frame. */
  #soon(): void {
    if (this.#timer !== undefined || this.#over) return;
    const wait = Math.max(0, this.#lastDrawn + FRAME_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, wait);
  }

  #draw(): void {
    const shown = this.#shown;
    if (this.#over || shown === undefined) return;
    // A terminal that does not keep up gets the next picture when it has room, and none in between.
    if (this.#writer.waiting > 0) {
      void this.#writer.drained().then(() => this.#soon());
      return;
    }
    this.#lastDrawn = performance.now();
    const { rows, cols } = this.#terminal.size;
    const popup =
      shown.popup !== null && this.#popup !== undefined ? { session: this.#popup, place: shown.popup } : undefined;
    const text = this.#drawing.draw({ rows, cols, pane: this.#pane, status: shown.status, popup });
    this.#writer.write(encoder.encode(text));
  }

  /** Synchronous and idempotent: the process may be about to end. */
  #giveBack(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#writer.write(encoder.encode(END));
    this.#terminal.restore();
  }
}

const encoder = new TextEncoder();
