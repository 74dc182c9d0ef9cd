// What a command printed, as the text of one JSON string. Bounded: what comes after the limit is left to `bide commands
// --output`, and the answer says so.

/** Bytes; the longest string of the engine is 32 times as long. */
export const OUTPUT_LIMIT = 16 * 1024 * 1024;

export class OutputText {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;
  #cut = false;

  add(bytes: Uint8Array): void {
    const room = OUTPUT_LIMIT - this.#length;
    if (bytes.length > room) this.#cut = true;
    if (room <= 0) return;
    this.#pieces.push(bytes.slice(0, room));
    this.#length += Math.min(bytes.length, room);
  }

  /** There was more than the limit. */
  get cut(): boolean {
    return this.#cut;
  }

  /** Bytes that are no UTF-8 are U+FFFD. */
  get text(): string {
    return new TextDecoder().decode(Buffer.concat(this.#pieces));
  }
}
