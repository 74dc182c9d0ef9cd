// From the name of an agent to its profile and to the program on the caller's PATH. Used by `agent` and `agents`.

import { resolve } from "node:path";
import type { Environment } from "../base/locations.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { nameFrom } from "../protocol/names.ts";
import { PROFILE_NAME } from "./agent-config.ts";
import { BUILT_IN_PROFILES, type Profile } from "./profiles.ts";

/**
 * A built-in profile, one of `configured`, or, without a configuration, any command that a bare name can mean. With a
 * configuration an unknown name is a spelling mistake (`bad_value`), not a command.
 */
export function findProfile(name: string, configured: readonly Profile[] | undefined): Result<Profile> {
  const known = [...BUILT_IN_PROFILES, ...(configured ?? [])].find((profile) => profile.name === name);
  if (known !== undefined) return ok(known);
  if (configured !== undefined) {
    return fail("bad_value", `no profile ${JSON.stringify(name)} in --agent-config`, {
      hint: "`bide agents --agent-config FILE` lists what there is",
    });
  }
  if (!PROFILE_NAME.test(name)) {
    return fail("bad_value", `expected the name of an agent or of a command on PATH, got ${JSON.stringify(name)}`, {
      hint: "a command with a path or arguments is started by `bide start --role agent --tmux -- COMMAND`",
    });
  }
  return ok({ name, kind: "custom", binary: name, sessionBase: nameFrom(name), statusDefault: true });
}

/** Absolute path of the profile's program on the caller's PATH; undefined when it is not there. */
export function findBinary({ binary }: Profile, env: Environment, cwd: string): string | undefined {
  const found = Bun.which(binary, { PATH: env.PATH ?? "", cwd });
  return found === null ? undefined : resolve(cwd, found);
}
