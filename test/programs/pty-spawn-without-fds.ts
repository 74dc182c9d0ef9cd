// Uses up every fd, then tries to start a program, frees eight and tries again: prints both outcomes.
import { closeSync, openSync } from "node:fs";
import { spawnPty } from "../../src/pty/pty.ts";

const quiet = { data() {}, exited() {}, closed() {} };
const spec = { argv: ["true"], env: { PATH: "/bin:/usr/bin" }, cwd: "/", rows: 24, cols: 80, umask: 0o22 };
const outcome = () => {
  const result = spawnPty(spec, quiet);
  return result.ok ? "started" : result.code;
};
const fds: number[] = [];
outcome(); // loads what is loaded lazily, while there are fds
try {
  for (;;) fds.push(openSync("/dev/null", "r"));
} catch {}
const starved = outcome();
for (const fd of fds.splice(0, 8)) closeSync(fd);
console.log(starved, outcome());
