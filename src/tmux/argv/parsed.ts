// What a pure part of the tmux face returns when it may fail: a value, or tmux's own words for what is wrong.
// Used all over src/tmux. base/result.ts is not taken because these texts are tmux's, not rows of bide's errors.

export interface ParseFailure {
  readonly ok: false;
  /** Exactly the line that tmux prints, without the newline. */
  readonly message: string;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | ParseFailure;

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function parseFailure(message: string): ParseFailure {
  return { ok: false, message };
}
