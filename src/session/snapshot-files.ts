// The screen in files, for readers after the worker is gone and for the next life of the session:
// terminal.snapshot.json (the screen at an offset), scrollback.snapshot (the lines above it, as text with SGR)
// and pty.replay (the last bytes, raw). Written at the end of the program. docs/files.md describes them.

import type { Result } from "../base/result.ts";
import { replaceFile } from "../store/atomic-file.ts";
import { readJson, writeJson } from "../store/atomic-json.ts";
import { openLog } from "../store/output-log-reader.ts";
import { readPrivateFile } from "../store/private-file.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import type { LiveScreen } from "../terminal/live-screen.ts";

/** Enough to redraw any full-screen program, small enough to write at every end. */
const REPLAY_BYTES = 256 * 1024;

export function writeSnapshotFiles(paths: SessionPaths, screen: LiveScreen, recent: Uint8Array): Result<undefined> {
  const { scrollback, rows } = screen.linesAsAnsi();
  const replay = replaceFile(paths.replay, recent, { durable: false });
  const above = replay.ok ? replaceFile(paths.scrollback, scrollback, { durable: false }) : replay;
  if (!above.ok) return above;
  return writeJson(paths.snapshot, { schema_version: 1, state: screen.state(), rows_ansi: rows }, { durable: false });
}

/**
 * Everything that an earlier life left, as lines to put above the new one; undefined when there is nothing. `screen`:
 * its last screen too, not only what was above that.
 */
export function readEarlierScreen(paths: SessionPaths, screen: boolean): Uint8Array | undefined {
  const read = readJson(paths.snapshot);
  const snapshot = read.ok && read.value.kind === "value" ? read.value.value : null;
  const rows = screen ? (snapshot as { rows_ansi?: unknown } | null)?.rows_ansi : "";
  const above = readPrivateFile(paths.scrollback);
  const lines = Buffer.concat([
    above.ok ? above.value : Buffer.alloc(0),
    Buffer.from(typeof rows === "string" ? rows : ""),
  ]);
  return lines.length === 0 ? undefined : lines;
}

/** The last bytes that the log holds, at most REPLAY_BYTES. */
export function readRecentBytes(directory: string, end: number): Uint8Array {
  const log = openLog(directory);
  if (!log.ok) return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  for (let at = Math.max(0, end - REPLAY_BYTES); ; ) {
    const read = log.value.read(at, REPLAY_BYTES);
    if (!read.ok || read.value.bytes.length === 0) break;
    pieces.push(read.value.bytes);
    at = read.value.next;
  }
  log.value.dispose();
  return Buffer.concat(pieces);
}
