// The one place where a terminal keeps a saved cursor (ESC 7), which drawing the status row needs as well. Says
// whether the program may still want what it saved there, so that row-guard.ts never takes it away, and what an
// ESC 8 of a program that saved nothing has to become. Also whether the stream stands inside a character.

/** What ESC 8 does where nothing was saved: home, plain. */
const NEVER_SAVED = "\x1b[?6l\x1b[m\x1b(B\x0f\x1b[H";

export class CursorSlot {
  /** During a replay, saving and bringing back in turn is our own doing and leaves nothing behind. */
  replaying = false;
  #live = false;
  #overwritten = false;
  #tail: readonly number[] = [];

  /** The program saved its cursor and may come back to it. */
  get live(): boolean {
    return this.#live;
  }

  saved(): void {
    this.#live = true;
    this.#overwritten = false;
  }

  /** The program goes back; returns what to send instead if its slot holds our cursor. */
  broughtBack(): string | undefined {
    if (this.replaying) this.#live = false;
    return this.#overwritten ? NEVER_SAVED : undefined;
  }

  /** The program that saved is over, or the terminal forgot. */
  forget(): void {
    this.#live = false;
  }

  /** We saved the cursor ourselves. */
  overwritten(): void {
    this.#overwritten = true;
  }

  /** The end of the last chunk, which may have cut a character of UTF-8. */
  sawTail(chunk: Uint8Array): void {
    this.#tail = [...this.#tail, ...chunk.subarray(-3)].slice(-3);
  }

  get insideCharacter(): boolean {
    for (let back = 1; back <= this.#tail.length; back += 1) {
      const byte = this.#tail[this.#tail.length - back] as number;
      if (byte < 0x80) return false;
      if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
    }
    return false;
  }
}
