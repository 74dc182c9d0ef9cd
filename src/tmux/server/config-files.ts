// Configuration files of a server: those given with -f when it is started. Without -f nothing is read: a person's ~/.tmux.conf
// is written for the real tmux, for its keys and looks, and agents must find the same server everywhere.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { errnoOf } from "../../base/errors.ts";
import { systemText } from "../wire/client-files.ts";
import type { TmuxClient } from "./client.ts";
import type { CommandContext } from "./command-context.ts";
import { expandNow } from "./expand.ts";
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

/** The command that asked for a file, whose client hears what the commands print. */
export interface SourcedFrom {
  readonly context: CommandContext;
  readonly parseOnly: boolean;
  /** Each line of commands is printed before it runs. */
  readonly verbose: boolean;
}

/** Runs the commands of a file; the failure is tmux's text, in which the file is called what it was `asked` for as. */
export async function sourceFile(
  server: TmuxServer,
  path: string,
  asked: string,
  from?: SourcedFrom,
): Promise<string | undefined> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return `${asked}: ${systemText(errnoOf(error))}`;
  }
  return sourceText(server, from === undefined ? asked : path, text, from);
}

/** What cannot be parsed is no failure of the command that asked: it is printed, and only the exit code tells (oracle, 3.3a). */
export async function sourceText(
  server: TmuxServer,
  shown: string,
  text: string,
  from?: SourcedFrom,
): Promise<string | undefined> {
  const parsed = parseCommandText(server, text, {
    file: shown,
    condition: (format) => expandNow(server, format, { ...from?.context.current() }),
    ...(from?.verbose && { built: (line, commands) => from.context.print(`${shown}:${line}: ${commands}`) }),
  });
  if (!parsed.ok) {
    if (from === undefined) return parsed.message;
    from.context.print(parsed.message);
    from.context.code = 1;
    return undefined;
  }
  for (const { name, value, hidden } of parsed.value.assignments) server.environment.set(name, value, hidden);
  if (from !== undefined) {
    if (from.parseOnly) return undefined;
    const { code } = await runCommands(server, parsed.value.commands, from.context.runner);
    if (code !== 0) from.context.code = code;
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
