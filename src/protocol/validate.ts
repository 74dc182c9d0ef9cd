// Runs a schema over what came in and names the field that is wrong, so that a bad message is answered
// with an error a person can act on. Used by every receiver of a message.

import * as v from "valibot";
import { fail, ok, type Result } from "../base/result.ts";
import { parseJson } from "./frames.ts";

/** The failure (`protocol`) is short whatever came in: a field of 4 MB is quoted by its beginning. */
export function validate<S extends v.GenericSchema>(schema: S, value: unknown, what: string): Result<v.InferOutput<S>> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return ok(result.output);
  const { issue, path } = deepest(result.issues[0]);
  const field = [what, ...path].map(clip).join(".");
  if (issue.kind === "schema" && issue.received === "undefined") return fail("protocol", `${field} is missing`);
  return fail("protocol", `${field}: expected ${issue.expected ?? issue.type}, got ${clip(issue.received)}`);
}

interface PlacedIssue {
  readonly issue: v.BaseIssue<unknown>;
  readonly path: readonly string[];
}

/** Where exactly it is wrong: of the ways that a union allows, the one whose keys are there. */
function deepest(issue: v.BaseIssue<unknown>): PlacedIssue {
  const path = (issue.path ?? []).map((item) => String(item.key));
  // The paths of these begin at the union.
  const inner = (issue.issues ?? [])
    .map(deepest)
    .find((one) => one.path.length > 0 && one.issue.received !== "undefined");
  return inner === undefined ? { issue, path } : { issue: inner.issue, path: [...path, ...inner.path] };
}

const MOST_QUOTED = 200;

function clip(text: string): string {
  return text.length <= MOST_QUOTED ? text : `${text.slice(0, MOST_QUOTED)}...`;
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
