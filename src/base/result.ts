// Expected failures are values: a function that can fail for a reason the caller must handle returns
// Result. Exceptions are left for bugs and for the public library, which throws BideError.

import type { ErrorCode } from "./errors.ts";

export interface Failure {
  readonly ok: false;
  readonly code: ErrorCode;
  /** What was expected and what was got, in one sentence without a full stop. */
  readonly message: string;
  /** How to fix it; absent when there is nothing to say beyond the table's own hint. */
  readonly hint?: string;
  readonly cause?: unknown;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export function ok(): Result<undefined>;
export function ok<T>(value: T): Result<T>;
export function ok<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, message: string, more: { hint?: string; cause?: unknown } = {}): Failure {
  return { ok: false, code, message, ...more };
}
