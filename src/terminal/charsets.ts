// The names of the engine's character sets: it keeps tables, a snapshot must write the letter that designates
// them (ESC ( 0). Learnt once by designating each letter and looking which table came.

import type { Charset, Engine } from "./xterm-internals.ts";

/** Every final byte that the engine knows; ASCII (B) is the absence of a table. */
const LETTERS = ["0", "A", "4", "C", "5", "R", "Q", "K", "Y", "E", "6", "Z", "H", "7", "="];
const names = new Map<object, string>();

/** To be called on a new engine, whose sets are all ASCII before and after. */
export function learnCharsets(engine: Engine): void {
  if (names.size > 0) return;
  for (const letter of LETTERS) {
    engine._inputHandler.selectCharset(`(${letter}`);
    const table = engine._charsetService.charset;
    if (table !== undefined && !names.has(table)) names.set(table, letter);
  }
  engine._charsetService.reset();
}

/** The letter of a table, `B` for none. */
export function charsetLetter(table: Charset): string {
  return table === undefined ? "B" : (names.get(table) ?? "B");
}
