// From the flags of `start` and `open` to what the host is asked. Everything is the caller's: directory,
// environment, umask and size.

import { BideError, unwrap } from "../base/errors.ts";
import { MAX_ROLE_CHARACTERS } from "../protocol/limits.ts";
import type { StartOptions } from "../protocol/session.ts";
import { pathWithShim } from "../tmux/shim/shim-environment.ts";
import { callerPath, callerSession, callerSize, childEnvironment, workingDirectory } from "./caller.ts";
import type { CommandContext } from "./command.ts";
import { readConfiguration } from "./config.ts";
import { readyShim } from "./shim-place.ts";
import { parseSize } from "./size.ts";

/**
 * `name`: without the prefix, which travels beside it; undefined lets the host make one up. `tmux`: with the shim even
 * without the flag.
 */
export function startOptions(
  context: CommandContext,
  name: string | undefined,
  { tmux = context.flags.has("tmux") }: { readonly tmux?: boolean } = {},
): StartOptions {
  const { flags, env, program } = context;
  const cwd = workingDirectory(flags.text("cwd"));
  const size = flags.text("size");
  const cells = size === undefined ? callerSize() : unwrap(parseSize(size));
  const workspace = flags.text("workspace");
  if (program?.[0] === "") throw new BideError("usage", "the program after -- is empty");
  // A shell believes PWD when it fits, and shows links as the user wrote them.
  const pwd: Record<string, string> = flags.has("cwd") && env.PWD !== undefined ? { PWD: cwd } : {};
  return {
    argv: [...(program ?? [])],
    env: childEnvironment(env, { ...pwd, ...(tmux ? shimPath(context) : {}), ...flags.pairs("env") }),
    cwd,
    umask: process.umask(),
    name,
    name_prefix: env.BIDE_SESSION_PREFIX || undefined,
    role: roleOf(flags.text("role")),
    workspace: workspace === undefined ? null : callerPath(workspace),
    labels: flags.pairs("label"),
    ...cells,
    monitor: flags.text("monitor") as StartOptions["monitor"],
    status_theme: flags.text("status-theme") ?? null,
    parent: flags.has("detached-child") ? null : callerSession(env),
  };
}

/**
 * The shim, first on PATH now and, for shells that bide sets up, again after the user's own files have
 * changed it. The host adds TMUX and TMUX_PANE, because it alone knows the pane.
 */
function shimPath(context: CommandContext): Record<string, string> {
  const { directory } = readyShim(context);
  return { PATH: pathWithShim(context.env.PATH, directory) };
}

/** Whether a shell gets bide's marks of prompts and commands: unless a flag or the configuration says no. */
export async function wantsShellIntegration({ flags, env }: CommandContext): Promise<boolean> {
  return !flags.has("no-shell-integration") && (await readConfiguration(env)).shell.integration;
}

/** Any word; the bound is that of the protocol. */
function roleOf(given: string | undefined): string | undefined {
  if (given === undefined || (given !== "" && given.length <= MAX_ROLE_CHARACTERS)) return given;
  throw new BideError(
    "bad_value",
    given === "" ? "--role is empty" : `--role has ${given.length} characters, at most ${MAX_ROLE_CHARACTERS}`,
    { hint: "roles are shell, agent, worker, generic, millrace-daemon or any word" },
  );
}
