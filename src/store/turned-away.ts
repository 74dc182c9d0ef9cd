// Peers that get one message and no connection, because nothing more fits (faults P13). They get a moment to read it:
// a socket that is closed at once looks to Bun's clients as if nobody had listened (measured: 32 of 100; none when only
// our side is shut down). Used by the host and by the worker.

import type { Disposable } from "../base/disposable.ts";

interface Peer {
  write(bytes: Uint8Array): number;
  shutdown(): void;
  terminate(): void;
}

/** Each holds one of the descriptors that are spared; when more come, the one that had the longest moment goes. */
const MOST_WAITING = 6;
const MOMENT_MS = 1000;

export class TurnedAway implements Disposable {
  readonly #waiting = new Map<Peer, Timer>();

  add(peer: Peer, message: Uint8Array): void {
    peer.write(message);
    const [oldest] = this.#waiting.size >= MOST_WAITING ? this.#waiting.keys() : [];
    if (oldest !== undefined) {
      this.closed(oldest);
      oldest.terminate();
    }
    peer.shutdown();
    this.#waiting.set(
      peer,
      setTimeout(() => peer.terminate(), MOMENT_MS),
    );
  }

  has(peer: Peer): boolean {
    return this.#waiting.has(peer);
  }

  /** Its socket was closed, by whomever; peers that were never turned away do not matter. */
  closed(peer: Peer): void {
    clearTimeout(this.#waiting.get(peer));
    this.#waiting.delete(peer);
  }

  dispose(): void {
    for (const [peer, timer] of this.#waiting) {
      clearTimeout(timer);
      peer.terminate();
    }
    this.#waiting.clear();
  }
}
