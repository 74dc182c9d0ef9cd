// `bide screen --diff HASH`: what is different from a screen that was shown before. The worker remembers the last few
// (session/shown-screens.ts); when it does not know this one any more, every row counts as changed.

import { BideError } from "../../base/errors.ts";
import type { Session } from "../../protocol/session.ts";
import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import { visible } from "../../terminal/visible.ts";
import { writeJson, writeText } from "../output.ts";

/** @throws BideError `bad_value` for what cannot be a hash. */
export function checkHash(hash: string): string {
  if (/^[0-9a-f]{16}$/.test(hash)) return hash;
  throw new BideError("bad_value", `--diff takes a hash of 16 hexadecimal digits, got ${JSON.stringify(hash)}`, {
    hint: "`bide screen SEL --json` gives one",
  });
}

/** `state`: described with `since: from`. Text is one row per line: its number, a tab, what stands there now. */
export function writeChanges(session: Session, from: string, state: ScreenStatePayload, json: boolean): void {
  const changed = state.hash !== from;
  const known = changed ? (state.changed_rows ?? undefined) : [];
  const rows = state.lines.map((line, row) => ({ row, ...line })).filter(({ row }) => known?.includes(row) ?? true);
  if (!json) return writeText(rows.map(({ row, text }) => `${row}\t${visible(text)}\n`).join(""));
  const { hash, offset, cursor } = state;
  const complete = known === undefined;
  writeJson({ schema_version: 1, session_id: session.session_id, from, hash, changed, complete, offset, cursor, rows });
}
