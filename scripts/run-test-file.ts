// Runs one test file with `bun test` and says what came of it; called by test.ts. A file gets a temporary directory and
// a mark of its own, and fails when it leaves something in the one or a process with the other. What `bun test` itself
// lets pass (measured in 1.4.5: a file without tests, and one that ends the process early, exit with 0) fails here.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { ROOT } from "./checkout.ts";
import { type MarkedProcess, markedProcesses } from "./marked-processes.ts";

export interface TestFileOutcome {
  readonly file: string;
  readonly passed: number;
  /** At least 1 when anything at all was wrong with the file. */
  readonly failed: number;
  readonly seconds: number;
  /** What was wrong apart from failed tests. */
  readonly complaints: readonly string[];
  /** Tests that this machine cannot run, with what they need (test/support/needs.ts). */
  readonly notRun: readonly string[];
  readonly output: string;
}

/** A test that needs longer is broken, also on a loaded machine. */
const TEST_TIMEOUT_MS = 60_000;
const FILE_TIMEOUT_MS = process.env.BIDE_TEST_FULL === "1" ? 1_200_000 : 240_000;
/** Processes that were told to end may still be at it when the tests are over. */
const ENDING_LOOKS = 100;
const ENDING_LOOK_MS = 20;
/** Far more than it takes to read what is in the pipes. */
const PIPES_MS = 200;

/** `file` is relative to the checkout, `home` a directory that no test minds. Resolves, never rejects. */
export async function runTestFile(file: string, home: string, stopped: AbortSignal): Promise<TestFileOutcome> {
  const began = performance.now();
  // Short, because the paths of sockets are; the report lies beside it, not in it.
  const temporary = mkdtempSync("/tmp/bt-");
  const report = `${temporary}.xml`;
  const run = crypto.randomUUID();
  const child = Bun.spawn(
    [
      process.execPath,
      "test",
      `./${file}`,
      `--timeout=${TEST_TIMEOUT_MS}`,
      "--reporter=junit",
      `--reporter-outfile=${report}`,
    ],
    {
      cwd: ROOT,
      env: testEnvironment({ HOME: home, TMPDIR: temporary, BIDE_TEST_RUN: run }),
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      timeout: FILE_TIMEOUT_MS,
      signal: stopped,
    },
  );
  const texts = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  const code = await child.exited;
  const left = await leftProcesses(`BIDE_TEST_RUN=${run}`);
  // What was left may hold the pipes open, so it is ended before they are read to their end. A process that was just becoming
  // another program had no environment to be known by: while somebody holds the pipes, it is looked for again.
  for (const { pid } of left) endProcess(pid);
  while ((await Promise.race([texts, Bun.sleep(PIPES_MS)])) === undefined) {
    for (const found of markedProcesses(`BIDE_TEST_RUN=${run}`)) {
      endProcess(found.pid);
      left.push(found);
    }
  }
  const output = (await texts).join("");
  const { tests, failures, skipped } = readReport(report);
  const notRun = output.split("\n").filter((line) => line.startsWith("not run here, needs "));
  const complaints = [
    ...(tests === 0 && notRun.length === 0 ? ["no test reported a result"] : []),
    // CI has everything that tests need: .ci/run installs it.
    ...(process.env.CI === "true" ? notRun : []),
    ...(skipped > 0 ? [`${skipped} skipped: arrange what they need instead`] : []),
    ...left.map(({ pid, command }) => `left the process ${pid} behind: ${command}`),
    ...readdirSync(temporary).map((name) => `left ${name} in its temporary directory`),
    ...(child.signalCode === null ? [] : [`ended by ${child.signalCode}`]),
  ];
  rmSync(temporary, { recursive: true, force: true });
  rmSync(report, { force: true });
  const wrong = failures === 0 && (code !== 0 || complaints.length > 0) ? 1 : failures;
  const passed = tests - failures - skipped;
  return { file, passed, failed: wrong, seconds: (performance.now() - began) / 1000, complaints, notRun, output };
}

/** What may be said to the tests: the executable, and that they shall take the time for the full amounts. */
const FOR_TESTS: readonly string[] = ["BIDE_UNDER_TEST", "BIDE_TEST_FULL"];

/** The caller's without bide's own variables: tests may run inside a session, and must not see it. */
function testEnvironment(more: Record<string, string>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || name.startsWith("XDG_")) continue;
    if (!name.startsWith("BIDE_") || FOR_TESTS.includes(name)) env[name] = value;
  }
  // Reading a large certificate bundle costs Node and Bun 100 ms per start. CI makes Bun refuse `test.only`.
  delete env.NODE_EXTRA_CA_CERTS;
  // The last stage of the compiler takes more than it gives back to a process that lives for seconds: measured, 5 to 30 % of a
  // file that computes. Sandboxes do not pass it on to what is tested.
  return { ...env, CI: "true", BUN_JSC_useFTLJIT: "0", ...more };
}

async function leftProcesses(mark: string): Promise<MarkedProcess[]> {
  for (let look = 0; ; look += 1) {
    const left = markedProcesses(mark);
    if (left.length === 0 || look === ENDING_LOOKS) return left;
    await Bun.sleep(ENDING_LOOK_MS);
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone meanwhile.
  }
}

function readReport(path: string): { tests: number; failures: number; skipped: number } {
  const head = existsSync(path) ? (/<testsuites [^>]*>/.exec(readFileSync(path, "utf8"))?.[0] ?? "") : "";
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  return { tests: count("tests"), failures: count("failures"), skipped: count("skipped") };
}
