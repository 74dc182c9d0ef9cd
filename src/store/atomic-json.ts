// Writes and reads the JSON files of the state directory; what is in them is the caller's (protocol/ has the
// schemas, so values are `unknown` here). The rules: a file is replaced as a whole (atomic-file.ts), a
// corrupt one is reported and never thrown, and it is never overwritten before `quarantine` moved it aside.

import { closeSync, fstatSync, readFileSync, renameSync } from "node:fs";
import { messageOf } from "../base/errors.ts";
import { fileFailure, isCausedBy } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";
import { type ReplaceOptions, replaceFile } from "./atomic-file.ts";
import { openPrivateFile } from "./private-file.ts";
import { stampedName } from "./stamped-name.ts";

/** What a JSON file turned out to be; `reason` says what was expected and got. */
export type ReadJson =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "corrupt"; readonly reason: string };

// Far above the largest honest file (an environment is at most ARG_MAX, 2 MiB); guards the memory.
const LARGEST_JSON = 16 * 1024 * 1024;

export function writeJson(path: string, value: unknown, options: ReplaceOptions = {}): Result<undefined> {
  return replaceFile(path, encodeJson(value), options);
}

/** Indented, because people look into these files; ends with a line end. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

/** Fails only when the file cannot be read at all (permission, I/O, not a regular file of ours). */
export function readJson(path: string): Result<ReadJson> {
  const opened = openPrivateFile(path, "read");
  if (!opened.ok) return isCausedBy(opened, "ENOENT") ? ok({ kind: "absent" }) : opened;
  try {
    const size = fstatSync(opened.value).size;
    if (size > LARGEST_JSON) return ok(corrupt(path, `${size} bytes, more than the ${LARGEST_JSON} allowed`));
    return ok(parse(path, readFileSync(opened.value)));
  } catch (error) {
    return fileFailure(`read ${path}`, error);
  } finally {
    closeSync(opened.value);
  }
}

/** Moves a corrupt file to a free name beside it and returns that name. */
export function quarantine(path: string): Result<string> {
  const aside = stampedName(path, "corrupt");
  try {
    renameSync(path, aside);
    return ok(aside);
  } catch (error) {
    return fileFailure(`move ${path} aside`, error);
  }
}

function parse(path: string, bytes: Uint8Array): ReadJson {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { kind: "value", value: JSON.parse(text) };
  } catch (error) {
    return corrupt(path, bytes.length === 0 ? "an empty file" : messageOf(error));
  }
}

function corrupt(path: string, got: string): ReadJson {
  return { kind: "corrupt", reason: `${path}: expected JSON, got ${got}` };
}
