// commands: what a session's shell ran, and how each ended.

import * as v from "valibot";
import { visible } from "../../terminal/visible.ts";
import { defineTool, SESSION } from "../tool.ts";

export const COMMANDS = defineTool({
  name: "commands",
  description:
    "List the last commands of a session's shell, typed ones too: text, directory, exit code, duration, and the log " +
    "offsets of their output (output_start is a cursor of logs).",
  input: v.strictObject({
    session: SESSION,
    last: v.pipe(
      v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 20),
      v.description("how many"),
    ),
  }),
  reads: true,
  async call({ session, last }, { host }) {
    const all = await host.use((bide) => bide.commands(session));
    const commands = all.slice(-last).map((command) => ({
      seq: command.seq,
      text: visible(command.text),
      cwd: visible(command.cwd),
      exit_code: command.exitCode,
      started_at: command.startedAt,
      duration_ms: command.durationMs,
      output_start: command.outputStart,
      output_end: command.outputEnd,
    }));
    const lines = commands.map(
      ({ seq, text, exit_code, duration_ms }) =>
        `${seq}: ${duration_ms === null ? "running" : `exit ${exit_code ?? "unknown"}`}: ${text}`,
    );
    return {
      text: lines.join("\n") || "no command recorded",
      data: { commands, left_out: all.length - commands.length },
    };
  },
});
