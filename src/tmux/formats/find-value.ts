// The value of a name in a format: an option, a variable or the environment, in this order, with the modifiers that
// belong to values (`b:`, `d:`, `t:`, `q:`). Called by replace.ts.

import type { FormatScope } from "./scope.ts";
import { asciiTime, prettyTime, strftime } from "./strftime.ts";

export type ValueKind =
  | { readonly kind: "basename" | "dirname" }
  | { readonly kind: "quote"; readonly style: boolean }
  | { readonly kind: "time"; readonly pretty: boolean; readonly format: string | undefined };

/** Characters of sh that `q:` puts a backslash before. */
const SHELL_CHARACTERS = /[|&;<>()$`\\"'*?[# =%]/g;

/** The value, or undefined when nothing has that name (or a time is asked of what is none). */
export function findValue(
  name: string,
  scope: FormatScope,
  kinds: readonly ValueKind[],
  now: number,
): string | undefined {
  const found = scope.option?.(name) ?? scope.variable(name) ?? scope.environment?.(name);
  if (found === undefined) return undefined;
  const time = kinds.findLast((one) => one.kind === "time");
  if (time !== undefined) {
    const seconds = /^\d+$/.test(found) ? Number(found) : 0;
    if (seconds === 0) return undefined;
    if (time.pretty) return prettyTime(seconds, now);
    return time.format === undefined ? asciiTime(seconds) : strftime(time.format, seconds * 1000);
  }
  let value = found;
  for (const one of ["basename", "dirname"] as const) {
    if (kinds.some((kind) => kind.kind === one)) value = one === "basename" ? basename(value) : dirname(value);
  }
  const quoted = (style: boolean) => kinds.some((one) => one.kind === "quote" && one.style === style);
  if (quoted(false)) value = value.replace(SHELL_CHARACTERS, "\\$&");
  if (quoted(true)) value = value.replaceAll("#", "##");
  return value;
}

/** As basename(3): the last part, `.` for nothing. */
function basename(path: string): string {
  if (path === "") return ".";
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** As dirname(3): what is before it, `.` for nothing. */
function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  if (trimmed === "") return path === "" ? "." : "/";
  const at = trimmed.lastIndexOf("/");
  if (at < 0) return ".";
  return trimmed.slice(0, at).replace(/\/+$/, "") || "/";
}
