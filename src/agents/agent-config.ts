// The file that --agent-config names: profiles of the user's own, as JSON
// `{"profiles":[{"name","binary"?,"session_base"?,"status_default"?}]}`. Strict, because a misspelt key would silently
// start something else. Read by `agent` and `agents`; every failure is `bad_config` (78) and names file and field.

import { readFileSync } from "node:fs";
import * as v from "valibot";
import { messageOf } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { checkName } from "../protocol/names.ts";
import { visible } from "../terminal/visible.ts";
import { BUILT_IN_PROFILES, type Profile } from "./profiles.ts";

/** Also what a bare command may look like: no path, no shell text, nothing that reads like a flag. */
export const PROFILE_NAME = /^[A-Za-z0-9._][A-Za-z0-9._-]{0,63}$/;

const word = v.pipe(v.string(), v.regex(PROFILE_NAME, "expected 1 to 64 of A-Z a-z 0-9 . _ -, not starting with -"));

const ConfigSchema = v.strictObject({
  profiles: v.array(
    v.strictObject({
      name: word,
      binary: v.optional(word),
      session_base: v.optional(v.string()),
      status_default: v.optional(v.boolean()),
    }),
  ),
});

/** Omitted keys: binary and session base are the name, the status row is shown. */
export function readAgentConfig(path: string): Result<readonly Profile[]> {
  const bad = (what: string, cause?: unknown) =>
    fail("bad_config", `${visible(path)}: ${what}`, {
      hint: 'expected {"profiles":[{"name","binary","session_base","status_default"}]}',
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return bad(messageOf(error), error);
  }
  const parsed = v.safeParse(ConfigSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return bad(`${v.getDotPath(issue) ?? "the file"}: ${issue.message}`);
  }
  const profiles: Profile[] = [];
  for (const { name, binary = name, session_base = name, status_default = true } of parsed.output.profiles) {
    if (BUILT_IN_PROFILES.some((one) => one.name === name)) return bad(`${name} is built in and cannot be redefined`);
    if (profiles.some((one) => one.name === name)) return bad(`${name} is there twice`);
    const named = checkName(session_base);
    if (!named.ok) return bad(`session_base of ${name}: ${named.message}`);
    profiles.push({ name, kind: "configured", binary, sessionBase: session_base, statusDefault: status_default });
  }
  return ok(profiles);
}
