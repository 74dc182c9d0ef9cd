// What `ulimit` leaves this process, as far as bide cannot do with less. Asked by a host before it begins, and by whoever
// could not start one or met an error that nothing else explains. Where the system does not tell (macOS), enough is left.

import { readFileSync } from "node:fs";
import { type Failure, fail } from "./result.ts";

/** A host with fewer would serve few sessions and refuse all others, whoever asks, until it ends. */
const LEAST_FILES = 64;
/** Measured: with 3 GiB everything works, with 2 GiB the runtime has no place for the code that it makes. */
const LEAST_ADDRESS_SPACE = 4 * 1024 ** 3;
const MIB = 1024 ** 2;

export function tooFewFiles(): Failure | undefined {
  const files = limitOf("Max open files");
  if (files >= LEAST_FILES) return undefined;
  return fail("launch_failed", `bide may open ${files} files here, and its host needs ${LEAST_FILES} at least`, {
    hint: "`ulimit -n 1024`, or start it where that limit is higher",
  });
}

/** Only to explain what went wrong: a little less may do. */
export function tooLittleMemory(): Failure | undefined {
  const bytes = limitOf("Max address space");
  if (bytes >= LEAST_ADDRESS_SPACE) return undefined;
  const [has, needs] = [bytes, LEAST_ADDRESS_SPACE].map((value) => Math.floor(value / MIB));
  return fail("launch_failed", `bide may use ${has} MiB of address space here, and needs ${needs}`, {
    hint: "`ulimit -v unlimited`, or start it where that limit is higher; what is limited is places in memory, of which bide fills few",
  });
}

/** The hard limit, up to which the runtime raises its own; Infinity: none, or not told. */
function limitOf(name: string): number {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    const hard = new RegExp(`^${name}\\s+\\S+\\s+(\\d+)`, "m").exec(limits)?.[1];
    return hard === undefined ? Number.POSITIVE_INFINITY : Number(hard);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
