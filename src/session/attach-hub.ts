// Who is attached, who owns input and size, and who gets which bytes. The rules (the command line page,
// "Attached"): the client that typed last owns; a click or `take` claims too; when the owner leaves the next
// most recent takes over; observers never type or resize. session.ts reacts to what happens here.

import { newId, shortId } from "../base/ids.ts";
import type { Attach, Detached, Exit } from "../protocol/attach-messages.ts";
import { FRAME, FRAME_HEADER_BYTES, writeFrameHeader } from "../protocol/frames.ts";
import type { WorkerEvent } from "../protocol/worker-messages.ts";
import { AttachedClient, type ClientSize, clampSize } from "./attached-client.ts";
import type { Connection } from "./connection.ts";
import { forgetSpareFrames } from "./waiting-frames.ts";

/** Frames of a burst are larger; what is smaller is not worth keeping. */
const REUSED_BYTES = 16 * 1024;
const NOTHING = new Uint8Array(0);

export interface HubHandlers {
  /** The owner's terminal decides the size of the PTY. `reported`: its window was resized, which comes in bursts. */
  onSize(size: ClientSize, reported: boolean): void;
  onOwnerChanged(owner: AttachedClient | null): void;
  onAttached(client: AttachedClient): void;
  onDetached(client: AttachedClient): void;
}

export class AttachHub {
  readonly #handlers: HubHandlers;
  readonly #clients = new Map<Connection, AttachedClient>();
  #owner: AttachedClient | null = null;
  #claims = 0;
  /** Memory of a large frame, which all sockets have taken or copied, for the next one of the same burst. */
  #spare = NOTHING;

  constructor(handlers: HubHandlers) {
    this.#handlers = handlers;
  }

  get clients(): readonly AttachedClient[] {
    return [...this.#clients.values()];
  }

  get count(): number {
    return this.#clients.size;
  }

  get owner(): AttachedClient | null {
    return this.#owner;
  }

  /** The owner has a terminal that gets output live, with the questions in it: its answers are the program's. */
  get ownerSees(): boolean {
    return this.#owner?.sized === true && !this.#owner.behind;
  }

  of(connection: Connection): AttachedClient | undefined {
    return this.#clients.get(connection);
  }

  /** A connection becomes a client. The first writable one owns; a later one only if it takes or types. */
  add(connection: Connection, attach: Attach): AttachedClient {
    const rights = { readOnly: attach.read_only === true, sized: attach.sized !== false };
    const client = new AttachedClient(shortId(newId()), connection, clampSize(attach), rights);
    this.#clients.set(connection, client);
    this.#handlers.onAttached(client);
    if (!client.readOnly && (this.#owner === null || attach.take === true)) this.claim(client);
    return client;
  }

  remove(connection: Connection): void {
    const client = this.#clients.get(connection);
    if (client === undefined) return;
    this.#clients.delete(connection);
    client.abandon();
    this.#handlers.onDetached(client);
    if (client === this.#owner) this.#own(this.#mostRecent());
  }

  /** This client typed, clicked or took: it owns from now on. */
  claim(client: AttachedClient): void {
    if (client.readOnly) return;
    this.#claims += 1;
    client.claimed = this.#claims;
    if (this.#owner !== client) this.#own(client);
  }

  resize(client: AttachedClient, size: ClientSize): void {
    client.size = size;
    if (client === this.#owner && client.sized) this.#handlers.onSize(size, true);
  }

  /**
   * Sends output to everybody; `bytes` is copied at most once for all. `printed`: how many bytes of the program they stand
   * for, which is not their number where something was unwrapped.
   */
  broadcast(bytes: Uint8Array, printed: number): void {
    if (this.#clients.size === 0 || bytes.length === 0) return;
    let frame: Uint8Array | undefined;
    const made = () => {
      frame ??= this.#frame(bytes);
      return frame;
    };
    for (const client of this.#clients.values()) client.output(bytes, printed, made);
  }

  /** Gives memory back after a burst. */
  rest(): void {
    this.#spare = NOTHING;
    forgetSpareFrames();
    for (const client of this.#clients.values()) client.terminal?.rest();
  }

  tell(event: WorkerEvent): void {
    for (const client of this.#clients.values()) {
      if (client.announced) client.connection.sendJson(FRAME.event, event);
    }
  }

  /** Sends clients away: one by id, or all. Returns how many. */
  detach(clientId: string | null, message: Detached): number {
    const leaving = this.clients.filter((client) => clientId === null || client.id === clientId);
    for (const client of leaving) {
      client.leave(FRAME.detached, message);
      this.remove(client.connection);
    }
    return leaving.length;
  }

  /** The program has ended: everybody gets the rest of its output (or the last screen), then this. */
  end(exit: Exit, replay: (client: AttachedClient) => void): void {
    for (const client of this.clients) {
      if (client.behind) replay(client);
      client.leave(FRAME.exit, exit);
      this.remove(client.connection);
    }
  }

  /** Valid until the next one. */
  #frame(bytes: Uint8Array): Uint8Array {
    const length = FRAME_HEADER_BYTES + bytes.length;
    const large = length >= REUSED_BYTES;
    if (large && length > this.#spare.length) this.#spare = new Uint8Array(length);
    const frame = large ? this.#spare.subarray(0, length) : new Uint8Array(length);
    writeFrameHeader(frame, FRAME.output, bytes.length);
    frame.set(bytes, FRAME_HEADER_BYTES);
    return frame;
  }

  #own(client: AttachedClient | null): void {
    if (client === this.#owner) return;
    this.#owner = client;
    this.#handlers.onOwnerChanged(client);
    if (client?.sized) this.#handlers.onSize(client.size, false);
  }

  #mostRecent(): AttachedClient | null {
    let best: AttachedClient | null = null;
    for (const client of this.#clients.values()) {
      if (!client.readOnly && (best === null || client.claimed >= best.claimed)) best = client;
    }
    return best;
  }
}
