// `input.reader`: which processes read the terminal now. Asked by `bide write`, which types commands only to a shell
// that waits for them.

import { unwrap } from "../base/errors.ts";
import type { WorkerResult } from "../protocol/worker-messages.ts";
import { processTable } from "../pty/process-table.ts";
import type { Session } from "./session.ts";

export async function inputReader(session: Session): Promise<WorkerResult<"input.reader">> {
  const { pty } = unwrap(session.program);
  const { alternate } = (await session.screen.load()).state();
  const group = pty.foregroundGroup();
  const members = group === null ? [] : processTable().filter((row) => row.pgid === group && row.state !== "Z");
  members.sort((a, b) => Number(b.pid === group) - Number(a.pid === group));
  const foreground = members.map(({ pid, command }) => ({ pid, command }));
  return { foreground, line_editing: pty.lineEditing(), alternate };
}
