// Reads the record of a tmux server, all of it or none: a part that is not as record-shape.ts says would break a server that
// answers calls already. Called by namespaces.ts.

import { ok, type Result } from "../../base/result.ts";
import { validate } from "../../protocol/validate.ts";
import type { ServiceSurroundings } from "../service-surroundings.ts";
import { type ServerRecord, ServerRecordSchema } from "./record-shape.ts";

/** Undefined when there is none; fails with what is wrong. */
export function readRecord(surroundings: ServiceSurroundings, name: string): Result<ServerRecord | undefined> {
  const stored = surroundings.readRecord(name);
  if (!stored.ok || stored.value === undefined) return stored.ok ? ok(undefined) : stored;
  return validate(ServerRecordSchema, stored.value, "record");
}
