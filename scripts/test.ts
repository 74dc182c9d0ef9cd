// `npm test [-- PATH...]`: runs the *.test.ts of the first set (or those whose path contains a PATH), each in a process of its
// own; `npm run test:oracles` and `npm run test:full` other sets (test-sets.ts). Ends with `N passed, N failed`. Fails when a
// test fails, when a file leaves something behind, or when no test ran.
// What is tested is the compiled executable, made first: it is what users get, and it starts in a quarter of the time.
// BIDE_UNDER_TEST names another one, e.g. bin/bide for the source as it stands.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ROOT } from "./checkout.ts";
import { runTestFile, type TestFileOutcome } from "./run-test-file.ts";
import { chosen } from "./test-sets.ts";

/**
 * These take longest, most of it waiting: begun late they would be the end of the run. In the order of their seconds on two
 * processors; a name that is missing here costs some seconds and nothing else.
 */
const LONG: readonly string[] = [
  "test/prompt/",
  "test/clients/at-the-terminal",
  "test/write/",
  "test/tmux/",
  "test/package/",
  "test/children/",
  "test/run/",
  "test/agent-state/",
  "test/fidelity/",
  "test/pictures/",
  "test/lifecycle/",
  "test/transcripts/",
  "test/durability/",
  "test/mcp/",
  "test/wait/",
];

/**
 * Tests mostly wait for processes that they started: measured, a file keeps less than half a processor busy, so three for
 * each processor use all of it. More would only wait for each other.
 */
const JOBS = 3 * Math.min(4, Math.max(2, availableParallelism()));

/** More than these are no accident. */
const MOST_AGAIN = 3;

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith("--")).map((path) => path.replace(/^\.\//, ""));
const set = args.includes("--oracles") ? "oracles" : args.includes("--full") ? "full" : "first";
const all = ["src", "test"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => path.endsWith(".test.ts"))
  .sort();
const files = chosen(all, wanted, set);
const home = mkdtempSync("/tmp/bt-home-");
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

const outcomes: TestFileOutcome[] = [];
// What is wrong in a part shows early, and the parts need no executable: it is made beside their tests.
const parts = files.filter((file) => file.startsWith("src/"));
const whole = files.filter((file) => !file.startsWith("src/")).sort((a, b) => rank(a) - rank(b));
const isGiven = process.env.BIDE_UNDER_TEST !== undefined;
const compiling = isGiven || whole.length === 0 ? true : compile(join(home, ".build"));
await Promise.all(
  Array.from({ length: JOBS }, async () => {
    await work(parts);
    if (await compiling) await work(whole);
  }),
);
// Many tests compare two real terminals or programs on a machine that nobody can keep quiet. On CI a file that failed gets
// one more run with the machine to itself; that it needed one is told at the end.
const again: string[] = [];
if (process.env.CI && !stop.signal.aborted) {
  const failing = outcomes.filter((outcome) => outcome.failed > 0);
  if (failing.length <= MOST_AGAIN) {
    for (const { file } of failing) {
      const outcome = await runTestFile(file, home, stop.signal);
      show(outcome);
      if (outcome.failed > 0 || outcome.passed === 0) continue;
      outcomes[outcomes.findIndex((one) => one.file === file)] = outcome;
      again.push(file);
    }
  }
}
rmSync(home, { recursive: true, force: true });

for (const line of outcomes.flatMap((outcome) => outcome.notRun)) console.log(line);
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, (await compiling) ? 0 : 1);
const broken = outcomes.filter((outcome) => outcome.failed > 0);
if (!(await compiling)) console.log("\nthe executable was not made, so nothing was tested that needs it");
if (broken.length > 0) console.log(`\nfailed:\n${broken.map(({ file }) => `  ${file}`).join("\n")}`);
if (again.length > 0) console.log(`\npassed only when run again:\n${again.map((file) => `  ${file}`).join("\n")}`);
if (outcomes.length === 0) console.log(`no test file${wanted.length > 0 ? ` matches ${wanted.join(" ")}` : ""}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 || stop.signal.aborted ? 1 : 0);

/** Sets BIDE_UNDER_TEST; false when there is no executable to test. */
async function compile(out: string): Promise<boolean> {
  const build = [process.execPath, join(ROOT, "scripts/build.ts"), "--out", out];
  const code = await Bun.spawn(build, { stdout: "ignore", stderr: "inherit", signal: stop.signal }).exited;
  process.env.BIDE_UNDER_TEST = join(out, "bide");
  return code === 0;
}

/** Long ones first, the others by name. */
function rank(file: string): number {
  const at = LONG.findIndex((long) => file.startsWith(long));
  return at < 0 ? LONG.length : at;
}

async function work(queue: string[]): Promise<void> {
  for (let file = queue.shift(); file !== undefined && !stop.signal.aborted; file = queue.shift()) {
    const outcome = await runTestFile(file, home, stop.signal);
    outcomes.push(outcome);
    show(outcome);
  }
}

function show({ file, passed, failed, seconds, complaints, output }: TestFileOutcome): void {
  const line = `${file}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ""}  ${seconds.toFixed(1)} s`;
  if (failed === 0) return console.log(`ok    ${line}`);
  console.log(`\nFAIL  ${line}\n${complaints.map((complaint) => `      ${complaint}\n`).join("")}${output}`);
}
