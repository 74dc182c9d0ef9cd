// run-shell, if-shell, wait-for, source-file, start-server: commands that run others, or wait.

import { globSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandList } from "../argv/command-list.ts";
import { parseText } from "../argv/parse-commands.ts";
import type { CommandContext, CommandHandler, CommandResult } from "../server/command-context.ts";
import { sourceFile, sourceText } from "../server/config-files.ts";
import { expand, isTrue } from "../server/expand.ts";
import { parseContext, runCommands } from "../server/queue.ts";
import type { Target } from "../targets/target.ts";
import { callerDirectory } from "./start-of.ts";

export const runShell: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const place = placeOf(context);
    const delay = args.value("d");
    if (delay !== undefined && !/^\s*\d*\.?\d*\s*$/.test(delay)) return context.fail(`invalid delay time: ${delay}`);
    const waits = Number(delay ?? 0) * 1000;
    const commands = args.values[0]?.kind === "commands" ? args.values[0].commands : undefined;
    const text = args.text(0);
    if (text === undefined && commands === undefined && delay === undefined) return undefined;
    const run = async (): Promise<CommandResult> => {
      if (waits > 0) await after(waits);
      if (commands !== undefined) return runList(context, commands, place);
      if (text === undefined) return undefined;
      if (args.has("C")) return runText(context, await expandHere(context, text, place), place);
      const command = await expandHere(context, text, place);
      const cwd = args.value("c") ?? callerDirectory(context, place?.session);
      const { code, signal, output } = await server.jobs.run(command, { cwd, session: place?.session });
      return report(context, command, { code, signal, output });
    };
    if (!args.has("b")) return run();
    void run();
    return undefined;
  },
};

/** What it printed, and how it ended when that was not well. */
function report(
  context: CommandContext,
  command: string,
  { code, signal, output }: { code: number | null; signal: string | null; output: Uint8Array },
): CommandResult {
  const ending = endingOf(command, code, signal);
  if (ending !== undefined) context.code = signal === null ? (code ?? 1) : 128 + (signalNumbers[signal] ?? 0);
  const text = new TextDecoder().decode(output);
  const lines = [
    ...(text === "" ? [] : text.replace(/\n$/, "").split("\n")),
    ...(ending === undefined ? [] : [ending]),
  ];
  if (lines.length === 0) return undefined;
  const pane = context.current()?.pane;
  // tmux shows it in a mode over the pane, and prints it only where there is none (oracle, 3.3a).
  if (pane === undefined) for (const line of lines) context.print(line);
  else {
    for (const line of lines) context.server.say(line);
    pane.mode ??= "view-mode";
  }
  return undefined;
}

function endingOf(command: string, code: number | null, signal: string | null): string | undefined {
  if (signal !== null) return `'${command}' terminated by signal ${signalNumbers[signal] ?? signal}`;
  return code === 0 || code === null ? undefined : `'${command}' returned ${code}`;
}

const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGPIPE: 13,
  SIGTERM: 15,
  SIGSEGV: 11,
};

export const ifShell: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const place = placeOf(context);
    const condition = await expandHere(context, args.text(0) ?? "", place);
    const choose = (holds: boolean): CommandResult | Promise<CommandResult> => {
      const chosen = args.values[holds ? 1 : 2];
      if (chosen === undefined) return undefined;
      return chosen.kind === "commands"
        ? runList(context, chosen.commands, place)
        : runText(context, chosen.text, place);
    };
    if (args.has("F")) return choose(isTrue(condition));
    const decide = async () => {
      const cwd = callerDirectory(context, place?.session);
      const { code } = await server.jobs.run(condition, { cwd, session: place?.session });
      return choose(code === 0);
    };
    if (!args.has("b")) return decide();
    void decide();
    return undefined;
  },
};

/** A target that is not there is no failure: the formats are empty, and the commands run (oracle, 3.3a). */
function placeOf(context: CommandContext): Target | undefined {
  if (!context.args.has("t")) return context.current();
  const target = context.target("pane");
  return target.ok ? target.value : undefined;
}

function expandHere(context: CommandContext, text: string, place: Target | undefined): Promise<string> {
  return expand(context.server, text, { ...place, client: context.formatClient, extra: context.runner.formats });
}

async function runText(context: CommandContext, text: string, place: Target | undefined): Promise<CommandResult> {
  const list = parseText(text, parseContext(context.server));
  return list.ok ? runList(context, list.value.commands, place) : list;
}

/** As if the commands stood here: what they print and how they fail is this command's. */
async function runList(context: CommandContext, list: CommandList, place: Target | undefined): Promise<CommandResult> {
  const current = context.args.has("t") ? place : context.runner.current;
  const outcome = await runCommands(context.server, list, { ...context.runner, current });
  context.code = outcome.code;
  return outcome.ok ? undefined : context.fail("");
}

export const waitFor: CommandHandler = {
  async run(context) {
    const { server, args, client } = context;
    const name = args.text(0) ?? "";
    const { channels } = server;
    if (args.has("S")) {
      channels.signal(name);
      return undefined;
    }
    if (args.has("U")) return channels.unlock(name) ? undefined : context.fail(`channel ${name} not locked`);
    const come = await (args.has("L") ? channels.lock(name, client.gone) : channels.wait(name, client.gone));
    return come ? undefined : context.fail("server exited unexpectedly");
  },
};

export const sourceFiles: CommandHandler = {
  async run(context) {
    const { server, args, client } = context;
    const cwd = callerDirectory(context, context.current()?.session);
    const failures: string[] = [];
    const from = { context, parseOnly: args.has("n"), verbose: args.has("v") };
    for (const given of args.texts()) {
      const text = args.has("F") ? await context.expand(given, { ...context.current() }) : given;
      if (text === "-") {
        const answer = await client.voice.ask({ kind: "stdin" });
        await sourceText(server, "-", Buffer.from(answer.data ?? "", "base64").toString(), from);
        continue;
      }
      const path = resolve(cwd, text);
      const paths = /[*?[]/.test(path) ? globSync(path).sort() : [path];
      if (paths.length === 0 && !args.has("q")) failures.push(`${text}: No such file or directory`);
      for (const one of paths) {
        const problem = await sourceFile(server, one, one === path ? text : one, from);
        if (problem === undefined || (args.has("q") && problem.includes("No such file"))) continue;
        failures.push(problem);
      }
    }
    return failures.length === 0 ? undefined : context.fail(failures.join("\n"));
  },
};

export const startServer: CommandHandler = { run: () => undefined };

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
