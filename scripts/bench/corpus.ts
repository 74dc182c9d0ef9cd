// The texts that programs print in the throughput figures: the same bytes at every run. `plain` is log lines as
// a build or a server prints them; `coloured` has an SGR sequence every few words, 16, 256 and true colours, and
// about one wide character (Chinese, Japanese, Korean, emoji) in eight.

import { closeSync, openSync, writeSync } from "node:fs";

export type CorpusKind = "plain" | "coloured";

/** Long enough that no cache of a parser sees a pattern; repeated up to the size that is asked for. */
const BLOCK_LINES = 20_000;

const WORDS = ["request", "served", "GET", "/api/items", "worker", "cache", "miss", "compiled", "src/session", "retry"];
const WIDE = ["会话", "終端", "세션", "画面", "🙂", "🚀", "保存", "文字"];
const LEVELS = ["INFO ", "DEBUG", "WARN ", "ERROR"];

/** Writes about `megabytes` (1,000,000 bytes each, whole lines) to `path` and returns the exact size in bytes. */
export function writeCorpus(path: string, kind: CorpusKind, megabytes: number): number {
  const block = Buffer.from(linesOf(kind, BLOCK_LINES).join(""));
  const file = openSync(path, "w", 0o600);
  let size = 0;
  while (size < megabytes * 1e6) {
    const left = megabytes * 1e6 - size;
    const end = left >= block.length ? block.length : block.indexOf("\n", left) + 1;
    size += writeSync(file, block, 0, end === 0 ? block.length : end);
  }
  closeSync(file);
  return size;
}

/** `count` lines, each ending in a newline. */
export function linesOf(kind: CorpusKind, count: number): string[] {
  const pick = picker(20261121);
  return Array.from({ length: count }, (_, index) => (kind === "plain" ? plain(index, pick) : coloured(index, pick)));
}

type Pick = (below: number) => number;

function plain(index: number, pick: Pick): string {
  return `${stamp(index)} ${LEVELS[pick(4)]} ${words(4 + pick(6), pick, word)} ${pick(1e6)} us\n`;
}

function coloured(index: number, pick: Pick): string {
  const level = `\x1b[1;${31 + pick(6)}m${LEVELS[pick(4)]}\x1b[0m`;
  return `\x1b[2m${stamp(index)}\x1b[22m ${level} ${words(4 + pick(6), pick, colouredWord)}\x1b[m\n`;
}

function words(count: number, pick: Pick, next: (pick: Pick) => string): string {
  return Array.from({ length: count }, () => next(pick)).join(" ");
}

function word(pick: Pick): string {
  return `${WORDS[pick(WORDS.length)]}`;
}

function colouredWord(pick: Pick): string {
  const text = pick(2) === 0 ? `${WIDE[pick(WIDE.length)]}` : word(pick);
  switch (pick(4)) {
    case 0:
      return `\x1b[38;5;${pick(256)}m${text}`;
    case 1:
      return `\x1b[38;2;${pick(256)};${pick(256)};${pick(256)}m${text}\x1b[39m`;
    case 2:
      return `\x1b[4;${30 + pick(8)}m${text}\x1b[24m`;
    default:
      return text;
  }
}

function stamp(index: number): string {
  return new Date(1_795_000_000_000 + index * 37).toISOString();
}

/** A small linear congruential generator (Numerical Recipes' constants): random enough, and the same everywhere. */
function picker(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
