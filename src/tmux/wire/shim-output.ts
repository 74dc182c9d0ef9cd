// What a call of `bide tmux` prints: written at once and whole, and kept for the log of calls when there is one. Used by
// shim.ts and shim-call.ts.

import { writeSync } from "node:fs";
import { errnoOf } from "../../base/errors.ts";
import type { ShimLog } from "./shim-log.ts";

export function print(fd: 1 | 2, text: string, log: ShimLog): undefined {
  log.said(fd, text);
  writeAll(fd, text);
}

/** A reader that is gone is no reason to fail. */
export function writeAll(fd: 1 | 2, data: Uint8Array | string): void {
  let bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      if (errnoOf(error) !== "EAGAIN") return;
      Bun.sleepSync(1);
    }
  }
}
