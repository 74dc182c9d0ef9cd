// Where sandboxes lie: in memory where the machine has a place for that, because a thousand sessions that each wait for the
// disk to have their record keep the disk, and with it the processor, busier than what is tested. Called by sandbox.ts.

import { readFileSync, statfsSync } from "node:fs";

const IN_MEMORY = "/dev/shm";
/** Many files run at once, and a flood is 100 MB. Containers often have 64 MiB there. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/** `/dev/shm` when it is a large tmpfs from which programs may be started, else `/tmp`. */
export function boxPlace(): string {
  place ??= suits() ? IN_MEMORY : "/tmp";
  return place;
}

let place: string | undefined;

function suits(): boolean {
  try {
    const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
    const [, , type, options = ""] = mounts.findLast((line) => line.split(" ")[1] === IN_MEMORY)?.split(" ") ?? [];
    if (type !== "tmpfs" || /\b(noexec|ro)\b/.test(options)) return false;
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    // No Linux, or nothing of the kind.
    return false;
  }
}
