// A command of a shell as JSON shows it (the command line page, `commands`): in `commands` and in `wait --task`.

import type { CommandRecord } from "../../client/run/command-records.ts";

export function commandObject(command: CommandRecord) {
  return {
    seq: command.seq,
    text: command.text,
    cwd: command.cwd,
    exit_code: command.exitCode,
    started_at: command.startedAt,
    duration_ms: command.durationMs,
    output_start: command.outputStart,
    output_end: command.outputEnd,
    exit_signal: command.exitSignal,
    run: command.run,
    source: command.source,
  };
}
