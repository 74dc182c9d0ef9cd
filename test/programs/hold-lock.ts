// Takes the lock on the file named by argv[2], says `held` or why not, and keeps it until its input ends.
import { acquireLock } from "../../src/store/lock.ts";

const lock = acquireLock(process.argv[2] ?? "");
console.log(lock.ok ? "held" : `${lock.code}: ${lock.message}`);
if (lock.ok) await Bun.stdin.text();
