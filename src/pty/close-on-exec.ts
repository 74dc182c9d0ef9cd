// Marks every fd of this process above 2 close-on-exec before a spawn, where the C library cannot close them in the
// child itself (musl, glibc before 2.34). Called by spawn.ts only; synchronous, so nothing of ours comes in between.

import { readdirSync } from "node:fs";
import { libc } from "./libc.ts";
import { CLOSE_ON_EXEC, SET_FD_FLAGS } from "./platform.ts";

/** Marks, then runs `spawn` and gives its answer. The marks stay: nothing of bide hands fds to children unasked. */
export function withCloseOnExec<T>(spawn: () => T): T {
  for (const name of readdirSync("/proc/self/fd")) {
    const fd = Number(name);
    if (fd > 2) libc().fcntl(fd, SET_FD_FLAGS, CLOSE_ON_EXEC);
  }
  return spawn();
}
