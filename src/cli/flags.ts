// The flags of one command line, read by name. The parser has checked that every flag exists, has a value if
// it takes one, and that the value is one of its choices.

import { unwrap } from "../base/errors.ts";
import { fail } from "../base/result.ts";
import { parseDuration } from "./duration.ts";

export class Flags {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  /** Values by long name; a switch has the value "". */
  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last value given. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** @throws BideError `bad_value` unless the value is a whole number, at least `least`. */
  integer(name: string, least: number = Number.MIN_SAFE_INTEGER): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    const range = least > Number.MIN_SAFE_INTEGER ? `, at least ${least}` : "";
    return unwrap(fail("bad_value", `--${name} takes a whole number${range}, got ${JSON.stringify(text)}`));
  }

  /** Milliseconds. @throws BideError `bad_duration`. */
  duration(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : unwrap(parseDuration(text));
  }

  /** `k=v` values as a record. @throws BideError `bad_value` for a value without `=` or without a key. */
  pairs(name: string): Record<string, string> {
    const pairs: Record<string, string> = {};
    for (const text of this.all(name)) {
      const at = text.indexOf("=");
      if (at < 1) return unwrap(fail("bad_value", `--${name} takes KEY=VALUE, got ${JSON.stringify(text)}`));
      pairs[text.slice(0, at)] = text.slice(at + 1);
    }
    return pairs;
  }
}
