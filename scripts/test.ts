// `npm test [-- PATH...]`: runs every *.test.ts (or those whose path contains a PATH), each in a process of its own, and
// ends with `N passed, N failed`. Fails when a test fails, when a file leaves something behind, or when no test ran.
// What is tested is the compiled executable, made first: it is what users get, and it starts in a quarter of the time.
// BIDE_UNDER_TEST names another one, e.g. bin/bide for the source as it stands.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ROOT } from "./checkout.ts";
import { runTestFile, type TestFileOutcome } from "./run-test-file.ts";

/**
 * In this order, so that what is broken shows early. Files of a stage run side by side unless it says otherwise:
 * what measures time or memory has the machine to itself.
 */
const STAGES: readonly { readonly holds: RegExp; readonly alone?: boolean }[] = [
  { holds: /^src\// },
  { holds: /^test\/(?!package\/|library\/|performance\/)/ },
  { holds: /^test\/(package|library)\// },
  { holds: /^test\/performance\//, alone: true },
];

/** More side by side only makes tests wait for each other: they start many processes themselves. */
const JOBS = Math.min(4, Math.max(2, availableParallelism()));

/** More than these are no accident. */
const MOST_AGAIN = 3;

const wanted = process.argv.slice(2).map((path) => path.replace(/^\.\//, ""));
const files = ["src", "test"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => path.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((part) => path.includes(part))))
  .sort();
const home = mkdtempSync("/tmp/bt-home-");
if (process.env.BIDE_UNDER_TEST === undefined) process.env.BIDE_UNDER_TEST = compile(join(home, ".build"));
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

const outcomes: TestFileOutcome[] = [];
for (const { holds, alone } of STAGES) {
  const queue = files.filter((file) => holds.test(file));
  await Promise.all(Array.from({ length: alone ? 1 : JOBS }, () => work(queue)));
}
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
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
const broken = outcomes.filter((outcome) => outcome.failed > 0);
if (broken.length > 0) console.log(`\nfailed:\n${broken.map(({ file }) => `  ${file}`).join("\n")}`);
if (again.length > 0) console.log(`\npassed only when run again:\n${again.map((file) => `  ${file}`).join("\n")}`);
if (outcomes.length === 0) console.log(`no test file${wanted.length > 0 ? ` matches ${wanted.join(" ")}` : ""}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 || stop.signal.aborted ? 1 : 0);

function compile(out: string): string {
  const built = Bun.spawnSync([process.execPath, join(ROOT, "scripts/build.ts"), "--out", out], {
    stdout: "ignore",
    stderr: "inherit",
  });
  if (built.exitCode !== 0) process.exit(1);
  return join(out, "bide");
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
