// Who holds a lock right now, as the kernel says: the pid that is written in the file may be that of a dead process, or
// by now of a stranger. Asked before a host is signalled; only Linux can tell.

import { readFileSync } from "node:fs";
import { lookAt } from "../base/file-kind.ts";
import { lockOwner } from "./lock.ts";

/** A living process that holds the lock on the file and wrote its pid into it; undefined when that is not sure. */
export function lockHolder(path: string): number | undefined {
  const owner = lockOwner(path);
  const found = lookAt(path);
  if (owner === undefined || !found.ok || found.value === undefined) return undefined;
  // Device numbers are not compared: on overlay file systems the kernel's table has another one than stat.
  const line = new RegExp(`^\\d+: FLOCK +ADVISORY +WRITE ${owner} [0-9a-f]+:[0-9a-f]+:${found.value.ino} `, "m");
  try {
    return line.test(readFileSync("/proc/locks", "latin1")) ? owner : undefined;
  } catch {
    return undefined;
  }
}
