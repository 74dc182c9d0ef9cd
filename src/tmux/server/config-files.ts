// Configuration files of a server: those given with -f when it is started. Without -f nothing is read: a person's ~/.tmux.conf
// is written for the real tmux, for its keys and looks, and agents must find the same server everywhere.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { errnoOf } from "../../base/errors.ts";
import { systemText } from "../wire/client-files.ts";
import type { TmuxClient } from "./client.ts";
import type { CommandContext } from "./command-context.ts";
import { parseCommandText, runCommands } from "./queue.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Problems are kept for `show-messages`, as tmux shows them to who attaches first. */
export async function readConfigFiles(server: TmuxServer, client: TmuxClient, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const path = resolve(client.hello.cwd, file);
    server.configFiles.push(path);
    if (path === "/dev/null") continue;
    const problem = await sourceFile(server, path, file);
    if (problem !== undefined) server.say(problem);
  }
}

/**
 * Runs the commands of a file; the failure is tmux's text. `from`: the command that asked, whose client hears what they
 * print.
 */
export async function sourceFile(
  server: TmuxServer,
  path: string,
  shown: string,
  from?: { readonly context: CommandContext; readonly parseOnly: boolean },
): Promise<string | undefined> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return `${shown}: ${systemText(errnoOf(error))}`;
  }
  const parsed = parseCommandText(server, text, shown);
  if (!parsed.ok) return parsed.message;
  for (const { name, value, hidden } of parsed.value.assignments) server.environment.set(name, value, hidden);
  if (from !== undefined) {
    if (!from.parseOnly) await runCommands(server, parsed.value.commands, from.context.runner);
    return undefined;
  }
  const problems: string[] = [];
  await runCommands(server, parsed.value.commands, {
    client: server.nobody(),
    print: () => {},
    error: (message) => problems.push(message),
  });
  for (const problem of problems) server.say(problem);
  return undefined;
}
