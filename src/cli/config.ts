// The user's configuration: $XDG_CONFIG_HOME/bide/config.toml. Read only by the verbs that attach or start a
// shell, and parsed only when the file is there. A mistake in it is told with its place (78) instead of being passed over.

import type { TomlError } from "smol-toml";
import { BideError, messageOf } from "../base/errors.ts";
import { fileFailure } from "../base/file-failure.ts";
import { type Environment, homeOf } from "../base/locations.ts";
import { isAbsolutePath, pathIn } from "../base/plain-path.ts";
import { nodeFs, quickExists } from "../base/quick-calls.ts";

/** What holds when the file says nothing (docs: `bide help config`). */
export const DEFAULTS = {
  attach: {
    /** Lines above the screen that an attach brings, 0 to 100,000. */
    scrollback: 1000,
    /** Show the status row. */
    status: false,
    /** Of the status row; null: the session's own theme, else blue. */
    status_theme: null as string | null,
    detach_key: "ctrl-\\",
  },
  shell: {
    /** Marks of prompts and commands in the shells that bide starts. */
    integration: true,
  },
};

export type Configuration = typeof DEFAULTS;

/** Below the home that the state directory is in too, never below the directory that the user stands in. */
export function configPath(env: Environment): string {
  if (env.XDG_CONFIG_HOME && isAbsolutePath(env.XDG_CONFIG_HOME))
    return pathIn(env.XDG_CONFIG_HOME, "bide/config.toml");
  const home = homeOf(env);
  return pathIn(home.ok ? home.value : "/", ".config/bide/config.toml");
}

/** @throws BideError `bad_config` for a file that cannot be read, is no TOML, or has a key or value we do not know. */
export async function readConfiguration(env: Environment): Promise<Configuration> {
  const path = configPath(env);
  if (!(quickExists(path) ?? nodeFs().existsSync(path))) return DEFAULTS;
  const { parse } = await import("smol-toml");
  const text = textOf(path);
  let table: unknown;
  try {
    table = parse(text);
  } catch (cause) {
    const { line, column } = cause as Partial<TomlError>;
    const place = line === undefined ? path : `${path}:${line}:${column}`;
    throw badConfig(place, messageOf(cause).split("\n")[0] ?? "", cause);
  }
  const { checkConfiguration } = await import("./config-schema.ts");
  const checked = checkConfiguration(table);
  if ("problem" in checked) throw badConfig(path, checked.problem);
  return {
    attach: { ...DEFAULTS.attach, ...checked.attach },
    shell: { ...DEFAULTS.shell, ...checked.shell },
  };
}

function textOf(path: string): string {
  try {
    return nodeFs().readFileSync(path, "utf8");
  } catch (cause) {
    throw badConfig(path, fileFailure("read it", cause).message, cause);
  }
}

function badConfig(place: string, what: string, cause?: unknown): BideError {
  const hint = "`bide help config` lists what may stand there";
  return new BideError("bad_config", `${place}: ${what}`, { hint, cause });
}
