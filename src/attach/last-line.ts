// Where the session's last line is, so that what the shell prints after a detach stands below it even if the
// cursor is further up. Asked by attach-terminal.ts before it leaves: the worker knows what is on the screen.

import type { SessionConnection } from "../client/index.ts";
import type { Placement } from "./restore.ts";

/** A worker that does not answer by then is not waited for. */
const ANSWER_MS = 100;

/** Below the last row with text or the cursor; below the cursor's line when the worker cannot say. `size`: ours. */
export async function belowLastLine(
  connection: SessionConnection,
  size: { rows: number; cols: number },
): Promise<Placement> {
  const asked = connection.request("screen.state", {}).catch(() => undefined);
  const state = await Promise.race([asked, Bun.sleep(ANSWER_MS).then(() => undefined)]);
  // A session of another size (somebody else owns it) is drawn in other rows here.
  const known = state !== undefined && !state.alternate && state.rows === size.rows && state.cols === size.cols;
  if (!known) return { kind: "below-cursor" };
  const last = state.lines.findLastIndex((line) => line.text !== "");
  return { kind: "below-row", row: Math.max(last, state.cursor.row) + 1 };
}
