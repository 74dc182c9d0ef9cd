// The names of an output log's segments: `pty.log` starts at offset 0, `pty.log.<start>` at that offset of
// the session's life. Called by the writer and the readers; the rule: the name alone says where the bytes
// belong, so a missing, moved or cut segment is a gap and never shifts what follows.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileFailure } from "../base/file-failure.ts";
import { ok, type Result } from "../base/result.ts";

export interface Segment {
  /** Offset of its first byte in the life of the session. */
  readonly start: number;
  readonly path: string;
}

// 64 MiB keep a segment quick to copy and retention fine-grained; 1 GiB of output per session is kept.
export const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
export const DEFAULT_RETENTION_BYTES = 1024 * 1024 * 1024;

export function segmentPath(directory: string, start: number): string {
  return join(directory, start === 0 ? "pty.log" : `pty.log.${start}`);
}

/** The segments in a directory by rising start. Only the exact spelling counts, so no two share a start. */
export function listSegments(directory: string): Result<Segment[]> {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    return fileFailure(`read the directory ${directory}`, error);
  }
  const segments: Segment[] = [];
  for (const name of names) {
    const match = /^pty\.log(?:\.([1-9]\d{0,15}))?$/.exec(name);
    if (match === null) continue;
    const start = Number(match[1] ?? 0);
    if (Number.isSafeInteger(start)) segments.push({ start, path: join(directory, name) });
  }
  return ok(segments.sort((a, b) => a.start - b.start));
}
