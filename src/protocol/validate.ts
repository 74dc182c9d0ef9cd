// Runs a schema over what came in and names the field that is wrong, so that a bad message is answered
// with an error a person can act on. Used by every receiver of a message.

import * as v from "valibot";
import { fail, ok, type Result } from "../base/result.ts";
import { parseJson } from "./frames.ts";

export function validate<S extends v.GenericSchema>(schema: S, value: unknown, what: string): Result<v.InferOutput<S>> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return ok(result.output);
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  return fail(
    "protocol",
    `${what}${path ? `.${path}` : ""}: expected ${issue.expected ?? "another value"}, got ${issue.received}`,
  );
}

/** The same for a payload that is still JSON text. */
export function validateJson<S extends v.GenericSchema>(
  schema: S,
  payload: Uint8Array | string,
  what: string,
): Result<v.InferOutput<S>> {
  const json = parseJson(payload);
  return json.ok ? validate(schema, json.value, what) : json;
}
