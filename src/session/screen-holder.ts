// The screen model of a session, loaded only when there is something to ask it: an idle shell costs the bytes
// of its prompt. Until then output is kept raw. While nobody is attached the model hears the program's
// questions and they are answered here; while somebody is, their terminal answers.

import { ByteQueue } from "../base/byte-queue.ts";
import type { LiveScreen } from "../terminal/live-screen.ts";
import type { Heard } from "../terminal/notifications.ts";
import type { Query } from "../terminal/query.ts";
import { asksOrNames } from "../terminal/query-scan.ts";

/** Raw output kept before the model is loaded; more than a prompt needs, less than the model costs. */
const RAW_LIMIT = 64 * 1024;

export interface ScreenHolderOptions {
  readonly rows: number;
  readonly cols: number;
  /** Offset of the first byte that will be output (an earlier life of the session printed the others). */
  readonly offset: number;
  /** What an earlier life left, as lines for the scrollback. */
  readonly earlier?: Uint8Array;
  /** Types an answer to a query of the program. */
  readonly answer: (bytes: Uint8Array) => void;
  /** The program asked somebody else's terminal; what would be answered here. */
  readonly asked?: (answer: Uint8Array) => void;
  readonly titleChanged: () => void;
  readonly heard: (heard: Heard) => void;
}

export class ScreenHolder {
  readonly #options: ScreenHolderOptions;
  readonly #raw = new ByteQueue();
  /** Bytes of the program beyond those in #raw, which were only there to wrap others. */
  #unwrapped = 0;
  #rows: number;
  #cols: number;
  #resizedEarly = false;
  #loading: Promise<LiveScreen> | undefined;
  #screen: LiveScreen | undefined;
  #answering = true;

  constructor(options: ScreenHolderOptions) {
    this.#options = options;
    this.#rows = options.rows;
    this.#cols = options.cols;
  }

  /** The model when it is there; `load` makes it. */
  get now(): LiveScreen | undefined {
    return this.#screen;
  }

  get title(): string {
    return this.#screen?.title ?? "";
  }

  /** Whether the program's questions are answered here: told before the output that they are in. */
  set answering(on: boolean) {
    if (on === this.#answering) return;
    // What waits to be drawn was asked of whoever answered until now.
    this.#screen?.settle();
    this.#answering = on;
    if (this.#screen !== undefined) this.#screen.urgent = on;
  }

  /** `printed`: how many bytes of the program these are, where something in them was unwrapped. */
  output(bytes: Uint8Array, printed: number = bytes.length): void {
    if (this.#screen !== undefined) {
      this.#screen.output(bytes, printed);
      return;
    }
    this.#raw.push(bytes.slice());
    this.#unwrapped += printed - bytes.length;
    if (this.#raw.length > RAW_LIMIT || asksOrNames(bytes)) void this.load();
  }

  resize(rows: number, cols: number): void {
    if (this.#screen !== undefined) this.#screen.resize(rows, cols);
    // What was printed at the old size has to be drawn at the old size first.
    else if (this.#raw.length > 0) {
      this.#resizedEarly = true;
      void this.load();
    }
    this.#rows = rows;
    this.#cols = cols;
  }

  /** The model is there or on its way: there was much output, or a question in it. */
  get wanted(): boolean {
    return this.#loading !== undefined;
  }

  /** The model, with everything printed so far known to it (not yet necessarily drawn: see LiveScreen.settle). */
  load(): Promise<LiveScreen> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<LiveScreen> {
    const sizes = { rows: this.#rows, cols: this.#cols };
    const { LiveScreen } = await import("../terminal/live-screen.ts");
    const screen = new LiveScreen({
      ...sizes,
      offset: this.#options.offset,
      earlier: this.#options.earlier,
      onQuery: (query: Query, reply: (query: Query) => Uint8Array | undefined) => {
        const { answer, asked } = this.#options;
        // What was printed before there was a model may have its answer already.
        const take = this.#answering ? answer : this.#screen && asked;
        const bytes = take && reply(query);
        if (bytes !== undefined) take?.(bytes);
      },
      onTitle: this.#options.titleChanged,
      onHeard: this.#options.heard,
    });
    screen.urgent = this.#answering;
    for (let next = this.#raw.peek(); next !== undefined; next = this.#raw.peek()) {
      screen.output(next);
      this.#raw.drop(next.length);
    }
    if (this.#unwrapped !== 0) screen.output(new Uint8Array(0), this.#unwrapped);
    if (this.#resizedEarly || sizes.rows !== this.#rows || sizes.cols !== this.#cols) {
      screen.resize(this.#rows, this.#cols);
    }
    this.#screen = screen;
    return screen;
  }
}
