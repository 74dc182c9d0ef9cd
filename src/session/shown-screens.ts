// Remembers the last screens that were described to anybody, by their hash, so that `screen.state` can say which rows
// changed since one of them (`bide screen --diff`). Part of a Session. Keeps a digest of each row and not the rows:
// the largest screen costs 8 KiB this way and 100 MB that way.

import type { ScreenState } from "../terminal/read-out.ts";

/** Somebody who asks now and then, a few of them at once. */
const MOST_SCREENS = 8;

interface ShownScreen {
  readonly cols: number;
  /** 64 bits of what each row says: text, styles, links. */
  readonly rows: readonly bigint[];
}

export class ShownScreens {
  /** The one shown last is the last. */
  readonly #byHash = new Map<string, ShownScreen>();

  /**
   * The rows of `state` that are not as on the screen with the hash `since`: null when that screen is not remembered,
   * or had another size. Remembers `state` itself.
   */
  changedRows(state: ScreenState, since: string | null): number[] | null {
    const before = since === null ? undefined : this.#byHash.get(since);
    const now = { cols: state.cols, rows: state.lines.map((line) => Bun.hash.wyhash(JSON.stringify(line))) };
    this.#byHash.delete(state.hash);
    this.#byHash.set(state.hash, now);
    for (const hash of this.#byHash.keys()) {
      if (this.#byHash.size <= MOST_SCREENS) break;
      this.#byHash.delete(hash);
    }
    if (before === undefined || before.cols !== now.cols || before.rows.length !== now.rows.length) return null;
    return now.rows.flatMap((row, index) => (row === before.rows[index] ? [] : [index]));
  }
}
