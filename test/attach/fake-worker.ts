// A worker that does what a test says: speaks the real frames on a real socket, with no session behind it. Tests
// wait for what the client sends and answer by hand.

import { encodeFrame, encodeJsonFrame, FRAME, FrameDecoder, type FrameType } from "../../src/protocol/frames.ts";
import type { Session } from "../../src/protocol/session.ts";
import { SAMPLE_SESSION } from "../support/sample-session.ts";

export interface Received {
  readonly type: number;
  readonly text: string;
}

export const SESSION: Session = {
  ...SAMPLE_SESSION,
  session_id: "11111111-2222-4333-8444-555555555555",
  name: "demo",
  pane_id: "%1",
  rows: 24,
  cols: 80,
  attached_clients: 1,
  input_owner: "client-1",
  worker_pid: 1,
  child_pid: 2,
};

interface Peer {
  write(bytes: Uint8Array): number;
  end(): void;
}

export class FakeWorker {
  readonly path: string;
  readonly received: Received[] = [];
  /** Sent with the answer to an attach, before it is live. */
  replay = "";
  /** Begin to be live only when `goLive` is called. */
  holdLive = false;
  /** Answer every attach with this error. */
  refusal: { code: string; message: string } | undefined;
  /** The client's connection is gone. */
  closed = false;
  /** Answer `screen.state` with these rows, or not at all. */
  lines: string[] | undefined;
  readonly #server: { stop(force: boolean): void };
  readonly #waiters = new Set<() => void>();
  readonly #queue: Uint8Array[] = [];
  #peer: Peer | undefined;

  constructor(path: string) {
    this.path = path;
    const decoders = new WeakMap<object, FrameDecoder>();
    this.#server = Bun.listen({
      unix: path,
      socket: {
        binaryType: "uint8array",
        open: (socket) => {
          decoders.set(socket, new FrameDecoder());
          this.#queue.length = 0;
          this.#peer = socket;
        },
        data: (socket, bytes) => {
          decoders.get(socket)?.push(bytes, ({ type, payload }) => {
            this.received.push({ type, text: Buffer.from(payload).toString("latin1") });
            this.#answer(type, payload);
          });
          for (const waiter of [...this.#waiters]) waiter();
        },
        drain: () => this.#flush(),
        close: () => {
          this.closed = true;
          for (const waiter of [...this.#waiters]) waiter();
        },
      },
    });
  }

  /** Everything typed so far. */
  get typed(): string {
    return this.received
      .filter(({ type }) => type === FRAME.input)
      .map(({ text }) => text)
      .join("");
  }

  count(type: FrameType): number {
    return this.received.filter((frame) => frame.type === type).length;
  }

  /** Resolves once this holds, looked at whenever something arrives. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const waiter = () => {
          this.#waiters.delete(waiter);
          resolve();
        };
        this.#waiters.add(waiter);
      });
    }
  }

  live(): Promise<void> {
    return this.until(() => this.count(FRAME.attach) > 0);
  }

  goLive(): void {
    this.json(FRAME.live, { offset: 0 });
  }

  output(text: string | Uint8Array): void {
    this.#send(encodeFrame(FRAME.output, Buffer.from(text as string)));
  }

  json(type: FrameType, value: unknown): void {
    this.#send(encodeJsonFrame(type, value));
  }

  exit(code: number | null, signal: string | null = null): void {
    this.json(FRAME.exit, { state: signal === null ? "exited" : "crashed", exit_code: code, exit_signal: signal });
  }

  /** As if the worker had died. */
  die(): void {
    this.#peer?.end();
  }

  stop(): void {
    this.#server.stop(true);
  }

  #answer(type: number, payload: Uint8Array): void {
    if (type === FRAME.hello) {
      this.json(FRAME.welcome, { protocol: 1, version: "0", session_id: SESSION.session_id, pid: 1 });
    } else if (type === FRAME.attach) {
      if (this.refusal !== undefined) return this.json(FRAME.error, this.refusal);
      this.json(FRAME.attached, { client_id: "client-1", owner: true, session: SESSION });
      this.#send(encodeFrame(FRAME.replay, Buffer.from(this.replay)));
      if (!this.holdLive) this.goLive();
    } else if (type === FRAME.detach) {
      this.json(FRAME.detached, { reason: "requested" });
    } else if (type === FRAME.request) {
      this.#respond(JSON.parse(Buffer.from(payload).toString()));
    }
  }

  #respond({ id, method }: { id: number; method: string }): void {
    if (method === "session.subscribe") this.json(FRAME.response, { id, result: { session: SESSION } });
    if (method !== "screen.state" || this.lines === undefined) return;
    const lines = this.lines.map((text) => ({ text, wrapped: false, runs: [] }));
    const cursor = { row: 0, col: 0, visible: true };
    const result = {
      rows: 24,
      cols: 80,
      offset: 0,
      hash: "",
      alternate: false,
      title: "",
      cwd: null,
      cursor,
      modes: {},
    };
    this.json(FRAME.response, { id, result: { ...result, lines } });
  }

  #send(frame: Uint8Array): void {
    this.#queue.push(frame);
    if (this.#queue.length === 1) this.#flush();
  }

  #flush(): void {
    for (let frame = this.#queue[0]; frame !== undefined; frame = this.#queue[0]) {
      const written = Math.max(0, this.#peer?.write(frame) ?? 0);
      if (written < frame.length) {
        this.#queue[0] = frame.subarray(written);
        return;
      }
      this.#queue.shift();
    }
  }
}
