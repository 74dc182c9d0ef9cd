// Removes the oldest segments of an output log so that the rest, and the next one, fit into the retention.
// Called by the writer when it opens a segment; the rule: whole segments only, oldest first, and a segment
// that cannot be removed is left for the next time (it costs space, never the session).

import { unlinkSync } from "node:fs";
import { lookAt } from "../base/file-kind.ts";
import { listSegments } from "./log-segments.ts";

/** `room`: bytes that the coming segment may take. Returns the oldest offset kept, or undefined if none is. */
export function enforceRetention(directory: string, retentionBytes: number, room: number): number | undefined {
  const listed = listSegments(directory);
  if (!listed.ok) return undefined;
  const segments = listed.value;
  const sizes = segments.map((segment) => sizeOf(segment.path));
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let kept = 0;
  while (kept < segments.length && total + room > retentionBytes) {
    const oldest = segments[kept];
    if (oldest === undefined || !remove(oldest.path)) break;
    total -= sizes[kept] ?? 0;
    kept += 1;
  }
  return segments[kept]?.start;
}

function sizeOf(path: string): number {
  const found = lookAt(path);
  return found.ok && found.value !== undefined ? found.value.size : 0;
}

function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
