// A client of the library attached to a session: it keeps count of every byte by its offset in the session's life, and
// complains at once about a gap, a repeat or a wrong number of skipped bytes. Used where a test needs many clients, or
// one that reads when it is told to.

import type { Attach, Attachment, SessionConnection, WorkerEvent } from "../../src/client/index.ts";
import { connect } from "../../src/client/index.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** Far more than anything takes on a busy machine; only a broken promise waits this long. */
const DEADLINE_MS = 30_000;

export class LibraryClient implements Disposable {
  readonly connection: SessionConnection;
  attachment!: Attachment;
  /** Offset behind the last byte of the program that this client knows of. */
  offset = 0;
  /** Live bytes got, and bytes that the worker said it skipped, in how many gaps. */
  received = 0;
  skipped = 0;
  gaps = 0;
  /** Of everything shown, the end. */
  tail = "";
  /** Called for every piece, before anything else may come. */
  onOutput: (bytes: Uint8Array) => void = () => {};
  readonly events: WorkerEvent[] = [];
  readonly complaints: string[] = [];
  readonly #waiting = new Set<() => void>();
  #live = false;

  static async attach(box: Sandbox, name: string, options: Partial<Attach> = {}): Promise<LibraryClient> {
    const bide = await connect({ env: box.env, startHost: false });
    const client = new LibraryClient(await bide.session(name).finally(() => bide.close()));
    const attach = { rows: 24, cols: 80, ...options };
    client.attachment = await client.connection.attach(attach, {
      onOutput: (bytes, phase) => client.#output(bytes, phase === "live"),
      onLive: (offset) => client.#goLive(offset),
      onBehind: (skipped, offset) => client.#behind(skipped, offset),
      onEvent: (event) => {
        client.events.push(event);
        client.#wake();
      },
    });
    await client.until(() => client.#live);
    return client;
  }

  private constructor(connection: SessionConnection) {
    this.connection = connection;
    void connection.closed.then(() => this.#wake());
  }

  get id(): string {
    return this.attachment.clientId;
  }

  type(text: string): void {
    this.attachment.write(Buffer.from(text));
  }

  /** Resolves once this holds; looked at whenever something arrived. */
  async until(holds: () => boolean): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`never came true: ${holds}, at ${this.offset}`)), DEADLINE_MS);
    try {
      while (!holds()) await Promise.race([this.#more(), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  shows(text: string): Promise<void> {
    return this.until(() => this.tail.includes(text));
  }

  /** Leaves, and waits until the worker has let go. */
  async detach(): Promise<void> {
    this.attachment.detach();
    await this.attachment.ended;
    this.connection.close();
  }

  /** Leaves without a word. */
  [Symbol.dispose](): void {
    this.connection.close();
  }

  #output(bytes: Uint8Array, live: boolean): void {
    if (live) {
      this.offset += bytes.length;
      this.received += bytes.length;
    }
    this.tail = (this.tail + Buffer.from(bytes.subarray(-2000)).toString("latin1")).slice(-4000);
    this.onOutput(bytes);
    this.#wake();
  }

  #goLive(offset: number): void {
    if (this.#live && offset !== this.offset) this.complaints.push(`live again at ${offset}, expected ${this.offset}`);
    this.#live = true;
    this.offset = offset;
    this.#wake();
  }

  #behind(skipped: number, offset: number): void {
    if (this.offset + skipped !== offset) {
      this.complaints.push(`${skipped} bytes skipped from ${this.offset} on lead to ${offset}`);
    }
    this.offset = offset;
    this.skipped += skipped;
    this.gaps += 1;
  }

  #wake(): void {
    for (const waiter of [...this.#waiting]) waiter();
  }

  #more(): Promise<void> {
    return new Promise<void>((resolve) => {
      const waiter = () => {
        this.#waiting.delete(waiter);
        resolve();
      };
      this.#waiting.add(waiter);
    });
  }
}
