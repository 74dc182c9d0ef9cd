// Reads a regular expression: the syntax of JavaScript without what cannot be matched in linear time (look-around
// and back-references), and `(?i)` at the beginning. JavaScript's own parser says what is no expression at all,
// and what a single character, escape or class means.

import { fail, ok, type Result } from "../../base/result.ts";
import type { CharacterTest, PatternNode } from "./pattern-nodes.ts";

/** UTF-16 units. */
const LONGEST = 4096;
/** Copies that a count may ask for; the size of the whole program is limited as well. */
const MOST_COPIES = 1000;

/** @returns failure `bad_value` that says what is wrong. */
export function parsePattern(text: string): Result<PatternNode> {
  if (text === "") return fail("bad_value", "the regular expression is empty");
  if (text.length > LONGEST) return fail("bad_value", `a regular expression has at most ${LONGEST} characters`);
  const ignoreCase = text.startsWith("(?i)");
  const source = ignoreCase ? text.slice(4) : text;
  try {
    new RegExp(source);
  } catch (error) {
    const reason = String((error as Error).message).replace(/^Invalid regular expression: /, "");
    return fail("bad_value", `${JSON.stringify(text)} is no regular expression: ${reason}`);
  }
  try {
    return ok(new Parser(source, ignoreCase).parse());
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return fail("bad_value", `${JSON.stringify(text)} has ${error.message}, which this does not know`, {
      hint: "patterns are matched in time that grows with the text only, so there is no look-around and no back-reference",
    });
  }
}

class Unsupported extends Error {}

class Parser {
  readonly #source: string;
  readonly #ignoreCase: boolean;
  #at = 0;

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source;
    this.#ignoreCase = ignoreCase;
  }

  parse(): PatternNode {
    return this.#choice();
  }

  #choice(): PatternNode {
    const parts = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: "choice", parts };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#at < this.#source.length && !this.#sees("|") && !this.#sees(")")) parts.push(this.#repeated());
    return { kind: "sequence", parts };
  }

  #repeated(): PatternNode {
    const part = this.#atom();
    const count = this.#count();
    if (count === undefined) return part;
    const [least, most] = count;
    if (least > MOST_COPIES || (most !== Number.POSITIVE_INFINITY && most > MOST_COPIES)) {
      throw new Unsupported(`a count above ${MOST_COPIES}`);
    }
    return { kind: "repeat", part, least, most, lazy: this.#take("?") };
  }

  #count(): readonly [least: number, most: number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    const found = /^\{(\d+)(,(\d*))?\}/.exec(this.#source.slice(this.#at));
    if (found === null) return undefined;
    const [all, first = "0", comma, last = ""] = found;
    this.#at += all.length;
    const least = Number(first);
    if (comma === undefined) return [least, least];
    return [least, last === "" ? Number.POSITIVE_INFINITY : Number(last)];
  }

  #atom(): PatternNode {
    if (this.#take("(")) return this.#group();
    if (this.#take("^")) return { kind: "place", place: "start" };
    if (this.#take("$")) return { kind: "place", place: "end" };
    if (this.#sees("[")) return this.#character(this.#classEnd());
    if (this.#sees("\\")) return this.#escape();
    return this.#character(this.#at + this.#width());
  }

  #group(): PatternNode {
    const opening = /^\?(?::|<[^=!>][^>]*>)/.exec(this.#source.slice(this.#at));
    if (opening !== null) this.#at += opening[0].length;
    else if (this.#sees("?=") || this.#sees("?!")) throw new Unsupported("look-ahead");
    else if (this.#sees("?<")) throw new Unsupported("look-behind");
    else if (this.#sees("?")) throw new Unsupported("flags in the middle");
    const inner = this.#choice();
    this.#take(")");
    return inner;
  }

  #escape(): PatternNode {
    const next = this.#source[this.#at + 1] ?? "";
    if (next === "b" || next === "B") {
      this.#at += 2;
      return { kind: "place", place: next === "b" ? "word-edge" : "no-word-edge" };
    }
    if (/[1-9]/.test(next) || /^k</.test(this.#source.slice(this.#at + 1))) throw new Unsupported("a back-reference");
    const rest = this.#source.slice(this.#at);
    const long = /^\\(?:x[0-9a-f]{2}|u\{[0-9a-f]+\}|u[0-9a-f]{4}|c[a-z]|[pP]\{[^}]*\})/i.exec(rest);
    const width = (rest.codePointAt(1) ?? 0) > 0xffff ? 3 : 2;
    return this.#character(this.#at + (long?.[0].length ?? width));
  }

  /** The end of the class that begins here. */
  #classEnd(): number {
    for (let at = this.#at + 1; at < this.#source.length; at += 1) {
      if (this.#source[at] === "\\") at += 1;
      else if (this.#source[at] === "]") return at + 1;
    }
    return this.#source.length;
  }

  #character(end: number): PatternNode {
    const atom = this.#source.slice(this.#at, end);
    this.#at = end;
    return { kind: "character", fits: characterTest(atom, this.#ignoreCase) };
  }

  #width(): number {
    return (this.#source.codePointAt(this.#at) ?? 0) > 0xffff ? 2 : 1;
  }

  #sees(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.#at += text.length;
    return true;
  }
}

/** What one character, escape or class of an expression fits; ASCII is looked up, the rest asked once each. */
function characterTest(atom: string, ignoreCase: boolean): CharacterTest {
  const only = atom.codePointAt(0) ?? 0;
  if (!ignoreCase && String.fromCodePoint(only) === atom && atom !== ".") return (codePoint) => codePoint === only;
  const expression = asExpression(atom, ignoreCase ? "i" : "");
  const fits = (codePoint: number) => expression.test(String.fromCodePoint(codePoint));
  const ascii = Uint8Array.from({ length: 128 }, (_, codePoint) => (fits(codePoint) ? 1 : 0));
  return (codePoint) => (codePoint < 128 ? ascii[codePoint] === 1 : fits(codePoint));
}

/** With whole code points where JavaScript allows; some escapes of people's habit are only known without. */
function asExpression(atom: string, flags: string): RegExp {
  try {
    return new RegExp(`^${atom}$`, `su${flags}`);
  } catch {
    return new RegExp(`^${atom}$`, `s${flags}`);
  }
}
