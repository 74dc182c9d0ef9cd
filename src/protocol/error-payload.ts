// How an error crosses a socket: code (of base/errors.ts), message and hint. An unknown code of a newer
// peer arrives as `failed` with its text kept.

import * as v from "valibot";
import { BideError, isErrorCode, messageOf } from "../base/errors.ts";
import type { Failure } from "../base/result.ts";
import { lazily } from "./lazily.ts";

export const ErrorPayloadSchema = lazily(() =>
  v.object({
    code: v.string(),
    message: v.string(),
    hint: v.optional(v.string()),
  }),
);
export type ErrorPayload = v.InferOutput<typeof ErrorPayloadSchema>;

/** A text of an error may quote what a peer sent; it must fit into one frame whatever that was. */
const MOST_MESSAGE_CHARACTERS = 8192;

export function toErrorPayload(failure: Failure | BideError): ErrorPayload {
  const { code, message: whole, hint } = failure instanceof BideError ? failure : BideError.from(failure);
  const message = whole.length <= MOST_MESSAGE_CHARACTERS ? whole : `${whole.slice(0, MOST_MESSAGE_CHARACTERS)}...`;
  return hint === undefined ? { code, message } : { code, message, hint };
}

export function fromErrorPayload(payload: ErrorPayload): BideError {
  const code = isErrorCode(payload.code) ? payload.code : "failed";
  return new BideError(code, payload.message, { hint: payload.hint });
}

/** Anything thrown inside a server as the payload that its client gets; a bug is `internal`. */
export function thrownPayload(error: unknown): ErrorPayload {
  return toErrorPayload(
    error instanceof BideError ? error : new BideError("internal", messageOf(error), { cause: error }),
  );
}
