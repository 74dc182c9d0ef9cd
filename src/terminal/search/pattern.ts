// A regular expression that searches lines in linear time. Used by `wait` and `watch`, for text that nobody bounds
// and expressions that anybody may write. Measured: JavaScript's own engine needs more than a minute for
// /.*x.*y.*z/ on 16,000 characters, and gives up with "no match" on (a+)+$; here both take milliseconds.

import { ok, type Result } from "../../base/result.ts";
import type { Place } from "./pattern-nodes.ts";
import { parsePattern } from "./pattern-parser.ts";
import { compilePattern, type Step } from "./pattern-program.ts";

/** Where something was found, in UTF-16 units of the line. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** @returns failure `bad_value`: no expression, or one that needs look-around or back-references. */
export function pattern(text: string): Result<Pattern> {
  const parsed = parsePattern(text);
  if (!parsed.ok) return parsed;
  const program = compilePattern(parsed.value);
  return program.ok ? ok(new Pattern(program.value)) : program;
}

export class Pattern {
  readonly #steps: readonly Step[];
  readonly #marks: Uint32Array;
  /** Whether a match may begin with this character; undefined when it may begin with none. */
  readonly #begins: ((codePoint: number) => boolean) | undefined;
  #mark = 0;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#marks = new Uint32Array(steps.length);
    this.#begins = beginnings(steps);
  }

  /** The first match of a line, as JavaScript's `exec` would find it. */
  search(line: string): Found | undefined {
    let threads = new Threads();
    let next = new Threads();
    let found: Found | undefined;
    let before = -1;
    for (let at = 0; ; ) {
      if (threads.count === 0 && found === undefined && this.#begins !== undefined) {
        at = nextBeginning(line, at, this.#begins);
        before = at === 0 ? -1 : line.charCodeAt(at - 1);
      }
      const codePoint = line.codePointAt(at) ?? -1;
      if (found === undefined) {
        if (threads.count === 0) this.#newMark();
        this.#add(threads, 0, at, before, codePoint);
      }
      if (threads.count === 0 && found !== undefined) return found;
      this.#newMark();
      const after = at + (codePoint > 0xffff ? 2 : 1);
      const following = line.codePointAt(after) ?? -1;
      for (let index = 0; index < threads.count; index += 1) {
        const place = threads.places[index] as number;
        const start = threads.starts[index] as number;
        const step = this.#steps[place] as Step;
        if (step.op === "match") {
          found = { start, end: at };
          // What is preferred less can only match what is wanted less.
          break;
        }
        if (step.op === "character" && codePoint >= 0 && step.fits(codePoint)) {
          this.#add(next, place + 1, start, codePoint, following);
        }
      }
      if (codePoint < 0) return found;
      threads.count = 0;
      [threads, next] = [next, threads];
      before = codePoint;
      at = after;
    }
  }

  #newMark(): void {
    this.#mark += 1;
  }

  /** Adds a thread and all that it leads to without reading; each place once. */
  #add(threads: Threads, place: number, start: number, before: number, codePoint: number): void {
    if (this.#marks[place] === this.#mark) return;
    this.#marks[place] = this.#mark;
    const step = this.#steps[place] as Step;
    if (step.op === "jump") this.#add(threads, step.to, start, before, codePoint);
    else if (step.op === "split") {
      this.#add(threads, step.first, start, before, codePoint);
      this.#add(threads, step.second, start, before, codePoint);
    } else if (step.op === "place") {
      if (isAt(step.place, before, codePoint)) this.#add(threads, place + 1, start, before, codePoint);
    } else threads.push(place, start);
  }
}

class Threads {
  count = 0;
  readonly places: number[] = [];
  readonly starts: number[] = [];

  push(place: number, start: number): void {
    this.places[this.count] = place;
    this.starts[this.count] = start;
    this.count += 1;
  }
}

/** `before` and `after` are -1 at the edges of the line. */
function isAt(place: Place, before: number, after: number): boolean {
  if (place === "start") return before < 0;
  if (place === "end") return after < 0;
  return (isWord(before) !== isWord(after)) === (place === "word-edge");
}

function isWord(codePoint: number): boolean {
  return codePoint >= 0 && codePoint < 128 && /\w/.test(String.fromCharCode(codePoint));
}

function nextBeginning(line: string, from: number, begins: (codePoint: number) => boolean): number {
  let at = from;
  while (at < line.length) {
    const codePoint = line.codePointAt(at) ?? 0;
    if (begins(codePoint)) break;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return at;
}

/** Undefined when a match may be empty. */
function beginnings(steps: readonly Step[]): ((codePoint: number) => boolean) | undefined {
  const seen = new Set<number>();
  const tests: ((codePoint: number) => boolean)[] = [];
  const open = [0];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    const step = steps[place] as Step;
    if (step.op === "match") return undefined;
    if (step.op === "character") tests.push(step.fits);
    else if (step.op === "split") open.push(step.first, step.second);
    else open.push(step.op === "jump" ? step.to : place + 1);
  }
  const ascii = Uint8Array.from({ length: 128 }, (_, codePoint) => (tests.some((fits) => fits(codePoint)) ? 1 : 0));
  return (codePoint) => (codePoint < 128 ? ascii[codePoint] === 1 : tests.some((fits) => fits(codePoint)));
}
