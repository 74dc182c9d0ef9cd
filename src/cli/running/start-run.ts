// Starts what `run` was asked for: in the shell of a session, which is created if there is none of that name, or in a
// session of its own. Used by `run`.

import { BideError } from "../../base/errors.ts";
import type { Run, RunCommand } from "../../client/index.ts";
import type { Selector } from "../../protocol/host-messages.ts";
import { isTerminal } from "../caller-terminal.ts";
import type { CommandContext } from "../command.ts";
import { say } from "../output.ts";
import { describeSelector, takeOptionalSelector } from "../selector.ts";
import { inputText, readInput } from "../standard-input.ts";
import { startOptions, wantsShellIntegration } from "../start-options.ts";

/** Largest script on standard input, in bytes; a command travels in one piece. */
const MOST_SCRIPT_BYTES = 1024 * 1024;
const SHELLS = ["bash", "zsh", "fish"];

/** @throws BideError `timed_out` when the command could not begin in time, and what Bide.run and runAlone throw. */
export async function startRun(context: CommandContext, timeoutMs: number | undefined): Promise<Run> {
  const selector = takeOptionalSelector(context);
  const command = commandOf(context, selector !== undefined);
  const starting = selector === undefined ? startAlone(context, command) : startInShell(context, selector, command);
  if (timeoutMs === undefined) return starting;
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), timeoutMs);
  const first = await Promise.race([starting, late.promise]).finally(() => clearTimeout(timer));
  if (first !== "late") return first;
  // Our connection ends with this process, and the worker then drops a command that has not begun.
  starting.catch(() => {});
  throw new BideError("timed_out", "the command could not begin in time");
}

/** One word after `--` is shell text, several are literal words, none means a script on standard input. */
function commandOf({ program = [] }: CommandContext, inShell: boolean): RunCommand {
  const [only] = program;
  if (only !== undefined && inShell && program.length === 1) {
    // Told before a session is created for it.
    if (only.trim() === "") throw new BideError("usage", "the command is empty");
    return only;
  }
  if (only !== undefined) return program;
  if (isTerminal(0)) throw new BideError("usage", "nothing to run: give -- CMD, or a script on standard input");
  const script = readScript();
  if (script.trim() === "") throw new BideError("usage", "nothing to run: the script on standard input is empty");
  return script;
}

function readScript(): string {
  const pieces: Buffer[] = [];
  let length = 0;
  const buffer = new Uint8Array(64 * 1024);
  for (let count = readInput(buffer); count > 0; count = readInput(buffer)) {
    length += count;
    if (length > MOST_SCRIPT_BYTES) {
      throw new BideError("bad_value", `a script has at most ${MOST_SCRIPT_BYTES} bytes`, {
        hint: "write it to a file and run that",
      });
    }
    pieces.push(Buffer.from(buffer.subarray(0, count)));
  }
  return inputText(pieces, "the script");
}

async function startAlone(context: CommandContext, command: RunCommand): Promise<Run> {
  const shell = context.env.SHELL || "/bin/sh";
  const program = typeof command === "string" ? [shell, "-c", command] : command;
  const bide = await context.connect();
  return bide.runAlone(startOptions({ ...context, program }, context.flags.text("name")));
}

async function startInShell(context: CommandContext, selector: Selector, command: RunCommand): Promise<Run> {
  const { flags } = context;
  const bide = await context.connect();
  const options = { force: flags.has("force"), detach: flags.has("detach") };
  try {
    return await bide.run(selector, command, options);
  } catch (error) {
    if (!(error instanceof BideError && error.code === "session_not_found") || !mayCreate(selector)) throw error;
  }
  try {
    const created = await bide.request("session.start", {
      ...startOptions({ ...context, program: shellFor(context.env) }, selector.text),
      role: "shell",
      shell_integration: await wantsShellIntegration(context),
    });
    say(`bide: created session ${created.session.name}`);
    return await bide.run(created.session.session_id, command, options);
  } catch (error) {
    // Somebody else was faster.
    if (!(error instanceof BideError && error.code === "name_taken")) throw error;
    return bide.run(selector, command, options);
  }
}

/** A name that nobody has yet; `.`, ids, panes and a workspace's role are no names to create. */
function mayCreate(selector: Selector): selector is { text: string; prefix: string } {
  if (!("text" in selector)) return false;
  if (selector.prefix !== undefined) return true;
  throw new BideError("session_not_found", `no session matches ${JSON.stringify(describeSelector(selector))}`);
}

/** The user's login shell; where that is none with an integration, the first of those that is there. */
export function shellFor(env: CommandContext["env"]): string[] {
  const name = (env.SHELL ?? "").split("/").at(-1) ?? "";
  if (SHELLS.includes(name)) return [];
  const found = SHELLS.map((shell) => Bun.which(shell, { PATH: env.PATH ?? "" })).find((path) => path !== null);
  if (found === undefined) throw new BideError("no_shell_integration", "none of bash, zsh and fish is on PATH");
  return [found ?? "bash", "-l"];
}
