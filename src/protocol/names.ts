// The one validator of session names (rule: the command line page, "Names"). Used by the host for every
// name that comes in and by the command line to tell a name from an id or a pane.

import { isIdShaped } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { MAX_NAME_BYTES } from "./limits.ts";

const NAME = /^[A-Za-z0-9._-]+$/;
const PANE = /^%\d{1,9}$/;

export function checkName(name: string): Result<string> {
  const bad = (why: string) => fail("bad_name", `${JSON.stringify(name.slice(0, 160))} is not a session name: ${why}`);
  if (name === "") return fail("bad_name", "a session name cannot be empty");
  if (name.length > MAX_NAME_BYTES) return bad(`it has ${name.length} bytes, at most ${MAX_NAME_BYTES}`);
  if (name.startsWith("%")) return bad("% begins a pane id");
  if (name.startsWith("-")) return bad("it starts with -");
  if (!NAME.test(name)) return bad("only A-Z a-z 0-9 . _ - are allowed");
  if (name === "." || name === "..") return bad("it is a directory");
  if (/^\d+$/.test(name)) return bad("it is all digits");
  if (isIdShaped(name)) return bad("it is shaped like an id");
  return ok(name);
}

export function isPaneId(text: string): boolean {
  return PANE.test(text);
}

/** A name made from any text (a program's path, say): its base name, with what is not allowed turned to `-`. */
export function nameFrom(text: string): string {
  const base = text.split("/").filter(Boolean).at(-1) ?? "";
  const cleaned = base
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[-.]+|-+$/g, "")
    .slice(0, 48);
  return checkName(cleaned).ok ? cleaned : `session-${cleaned}`.replace(/-+$/, "");
}
