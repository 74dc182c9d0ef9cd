// `npm run check`: everything about the source that needs no test run. Every step runs, also after one that failed,
// and the last line is `N passed, N failed`, which .ci/run adds to that of the tests.

import { join } from "node:path";
import { ROOT } from "./checkout.ts";

const tool = (name: string) => join(ROOT, "node_modules/.bin", name);
const script = (name: string) => [process.execPath, join(ROOT, "scripts", name)];

const STEPS: readonly (readonly [what: string, command: readonly string[]])[] = [
  ["format and lint", [tool("biome"), "check", "--error-on-warnings", "."]],
  ["types", [tool("tsc"), "--noEmit"]],
  ["types of the library", [tool("tsc"), "--project", "tsconfig.client.json", "--noEmit"]],
  ["import directions", script("check-imports.ts")],
  ["file names and sizes", script("check-files.ts")],
  ["dead code", [tool("knip")]],
];

let failed = 0;
for (const [what, command] of STEPS) {
  const { exitCode, stdout, stderr } = Bun.spawnSync([...command], { cwd: ROOT, stdin: "ignore" });
  if (exitCode === 0) {
    console.log(`ok    ${what}`);
    continue;
  }
  failed += 1;
  console.log(`\nFAIL  ${what} (${command.join(" ")})\n${stdout.toString()}${stderr.toString()}`);
}
console.log(`${STEPS.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
