// `bide commands SEL`: what the session's shell ran, from the journal, and the output of one command from the log.

import { BideError } from "../../base/errors.ts";
import { logPieces } from "../../client/log-pieces.ts";
import { RecordedSession } from "../../client/recorded-session.ts";
import { type CommandRecord, readCommands } from "../../client/run/command-records.ts";
import { ageOf } from "../age.ts";
import { terminalSize } from "../caller-terminal.ts";
import type { Command, CommandContext } from "../command.ts";
import { say, writeBytes, writeJson, writeText } from "../output.ts";
import { commandObject } from "../running/command-object.ts";
import { commandOutput } from "../running/command-output.ts";
import { OUTPUT_LIMIT, OutputText } from "../running/output-text.ts";
import { takeSelector } from "../selector.ts";
import { pathText } from "../session-text.ts";
import { styleFor } from "../terminal-style.ts";
import { type Column, tableLines } from "../text-table.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const wanted = flags.text("output");
  if (flags.has("raw") && wanted === undefined) throw new BideError("usage", "--raw goes with --output");
  const tail = flags.has("last") ? 1 : flags.integer("tail", 0);
  const recorded = await RecordedSession.open(context, takeSelector(context).selector);
  try {
    const all = await readCommands(recorded);
    if (wanted !== undefined) {
      const command = find(all, wanted, context);
      const text = new OutputText();
      const encoder = new TextEncoder();
      const write = json ? (bytes: Uint8Array) => text.add(bytes) : writeBytes;
      if (flags.has("raw")) {
        const range = { from: command.outputStart, to: command.outputEnd ?? undefined };
        for await (const { bytes } of logPieces(recorded, range)) write(bytes);
      } else for await (const lines of commandOutput(recorded, command)) write(encoder.encode(lines));
      if (json) writeJson({ schema_version: 1, commands: [{ ...commandObject(command), ...outputFields(text) }] });
      return 0;
    }
    const shown = tail === undefined ? all : tail === 0 ? [] : all.slice(-tail);
    if (json) writeJson({ schema_version: 1, commands: shown.map(commandObject) });
    else if (shown.length === 0) say("no commands: bide sees those of shells that mark them (see `bide run --help`)");
    else {
      const options = { style: styleFor(1, context.env), width: terminalSize(1)?.cols || undefined };
      writeText(`${tableLines(columns(context.env.HOME), shown, options).join("\n")}\n`);
    }
    return 0;
  } finally {
    recorded.close();
  }
};

function find(all: readonly CommandRecord[], wanted: string, { flags }: CommandContext): CommandRecord {
  const number = wanted === "last" ? all.at(-1)?.seq : flags.integer("output", 1);
  const found = all.find((command) => command.seq === number);
  if (found !== undefined) return found;
  throw new BideError(
    "command_not_found",
    number === undefined ? "there is no command yet" : `there is no command ${number}`,
  );
}

function outputFields(text: OutputText) {
  return { output: text.text, ...(text.cut ? { output_cut_at: OUTPUT_LIMIT } : {}) };
}

function columns(home: string | undefined): Column<CommandRecord>[] {
  return [
    { title: "SEQ", cell: ({ seq }) => String(seq), alignRight: true },
    {
      title: "EXIT",
      cell: ({ exitCode, outputEnd }) =>
        exitCode === null ? (outputEnd === null ? "running" : "?") : String(exitCode),
      alignRight: true,
      style: ({ exitCode }) => (exitCode === null ? "yellow" : exitCode === 0 ? "dim" : "red"),
    },
    { title: "TOOK", cell: ({ durationMs }) => (durationMs === null ? "" : tookText(durationMs)), alignRight: true },
    { title: "AGE", cell: ({ startedAt }) => ageOf(startedAt), alignRight: true },
    { title: "CWD", cell: ({ cwd }) => pathText(cwd, home) },
    { title: "COMMAND", cell: ({ text }) => text },
  ];
}

/** `3ms`, `1.2s`, `75s`. */
function tookText(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)}s` : `${Math.round(ms / 1000)}s`;
}
