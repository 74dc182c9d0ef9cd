// `wait`: returns when its condition holds, whether that came before or after it was asked, with exit codes and JSON
// that a script can trust.

import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { killHost } from "../lifecycle/bide-commands.ts";
import { kill9 } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Reads lines and prints each as it is, after "ready"; `end N` ends it with that code. */
const REPEATER = [
  "sh",
  "-c",
  'stty -echo; echo ready; while IFS= read -r line; do case $line in "end "*) exit "$(echo "$line" | cut -c5-)";; *) printf "%b" "$line";; esac; done',
];

/** A session that prints what it is told with `say`. */
async function repeater(box: Sandbox, name: string, flags: readonly string[] = []): Promise<void> {
  await box.start(name, REPEATER, flags);
  await box.printed(name, "ready");
}

const say = (box: Sandbox, name: string, text: string) => box.type(name, `${text}\r`);

/** The exit code and the object that `wait ARGS --json` prints. */
async function waits(box: Sandbox, ...args: string[]) {
  const { code, stdout, stderr } = await box.run(["wait", ...args, "--json"]);
  return { code, stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) };
}

test("what holds already, found in no time at all; what does not, 124", async () => {
  await using box = sandbox();
  await repeater(box, "x");
  await box.start("ended", ["sh", "-c", "echo ready; exit 7"]);
  await box.event("ended", (event) => event.event === "exited");
  await box.start("shell", ["bash", "--norc"]);
  await box.ok(["wait", "shell", "--prompt"]);
  const codes = async (...args: string[]) => (await waits(box, ...args, "--timeout", "0")).code;
  for (const name of ["x", "ended"]) {
    expect([name, await codes(name, "--contains", "ready")]).toEqual([name, 0]);
    expect([name, await codes(name, "--contains", "ready", "--from", "0")]).toEqual([name, 0]);
  }
  expect(await codes("ended")).toBe(0);
  expect(await codes("ended", "--exit-code")).toBe(7);
  expect(await codes("x", "--state", "running")).toBe(0);
  expect(await codes("x", "--idle", "0")).toBe(0);
  expect(await codes("shell", "--prompt")).toBe(0);
  expect(await codes("ended", "--contains", "never")).toBe(1);
  expect(await codes("x")).toBe(124);
  expect(await codes("x", "--contains", "never")).toBe(124);
  expect(await codes("x", "--state", "exited")).toBe(124);
});

describe("the end of a program", () => {
  test("before it was asked, at once; with --exit-code the program's own", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "exit 7"]);
    expect(await waits(box, "x")).toMatchObject({ code: 0, matched: true, timed_out: false, condition: "exit" });
    const again = await waits(box, "x", "--exit", "--exit-code");
    expect(again).toMatchObject({
      schema_version: 1,
      code: 7,
      session: { state: "exited", exit_code: 7 },
      match: null,
    });
    expect(again.elapsed_ms).toBeNumber();
  });

  test("after it was asked, then; several sessions are all waited for, the first code that is not 0 counts", async () => {
    await using box = shared();
    for (const name of ["w-1", "w-2"]) await repeater(box, name);
    const waiting = waits(box, "w-1", "w-2", "--exit-code");
    await say(box, "w-1", "end 0");
    await say(box, "w-2", "end 9");
    const { code, results } = await waiting;
    expect([code, results.map((one: { session: { name: string } }) => one.session.name)]).toEqual([9, ["w-1", "w-2"]]);
  });

  test("by a signal, 128 and its number", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "kill -TERM $$"]);
    expect((await box.run(["wait", "x", "--exit-code"])).code).toBe(143);
  });

  test("--any, the first of them", async () => {
    await using box = shared();
    for (const name of ["a", "b"]) await repeater(box, name);
    const waiting = waits(box, "a", "b", "--any");
    await say(box, "b", "end 0");
    expect(await waiting).toMatchObject({ code: 0, matched: true, session: { name: "b" } });
  });
});

describe("text", () => {
  test("on the screen already, found at once; --tail prints the last lines", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "echo one; echo server READY on 80; echo three; exec sleep 1000"]);
    await box.printed("x", "three");
    const { code, stdout } = await box.run(["wait", "x", "--contains", "READY", "--tail", "1"]);
    expect([code, stdout]).toEqual([0, "server READY on 80\nthree\n"]);
  });

  test("printed later in several pieces, found across them, with its line and offset", async () => {
    await using box = shared();
    await repeater(box, "x");
    const waiting = waits(box, "x", "--contains", "BUILD OK");
    for (const piece of ["one\\n", "BUI", "LD", " O", "K in 3 s"]) await say(box, "x", piece);
    const found = await waiting;
    expect(found).toMatchObject({ code: 0, matched: true, match: "BUILD OK" });
    // An unended line may be seen before its end came; on a slow machine the screen shows it first.
    expect("BUILD OK in 3 s").toStartWith(found.line);
  });

  test("wrapped by a narrow terminal, coloured, redrawn over itself, still found", async () => {
    await using box = shared();
    const print =
      "printf 'aaaaaaaaaaaaaaaaNEEDLEbbbb\\n\\033[32mgr\\033[1meen\\033[0m\\nprogress 10%%\\rprogress 99%%'";
    await box.start("x", ["sh", "-c", `${print}; exec sleep 1000`], ["--size", "20x10"]);
    for (const text of ["NEEDLE", "green", "progress 99%"]) {
      expect(await waits(box, "x", "--contains", text)).toMatchObject({ code: 0, match: text });
    }
  });

  test("drawn out of order with the cursor, found on the screen", async () => {
    await using box = shared();
    await repeater(box, "x");
    const waiting = waits(box, "x", "--contains", "Hello World");
    await say(box, "x", "\\033[2J\\033[5;10HHel\\033[1;1Hmenu\\033[5;13Hlo World\\033[1;1H");
    expect(await waiting).toMatchObject({ code: 0, match: "Hello World", offset: null });
  });

  test("--from, only what was printed behind that offset counts", async () => {
    await using box = shared();
    await repeater(box, "x");
    await say(box, "x", "DONE\\n");
    await box.printed("x", "DONE");
    const session = await box.session("x");
    const waiting = waits(box, "x", "--contains", "DONE", "--from", String(session.output_bytes));
    await say(box, "x", "DONE again\\n");
    expect(await waiting).toMatchObject({ code: 0, line: "DONE again", offset: session.output_bytes });
  });

  test("a regular expression, the part that fits; (?i) ignores case", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "echo 12 tests PASSED; exec sleep 1000"]);
    const found = await waits(box, "x", "--regex", "(?i)\\d+ tests? (passed|failed)");
    expect(found).toMatchObject({ code: 0, match: "12 tests PASSED" });
  });

  test("an expression that would take for ever, answered all the same", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "head -c 100000 /dev/zero | tr '\\0' a; exec sleep 1000"]);
    await box.printed("x", "a".repeat(100));
    expect(await waits(box, "x", "--regex", "(a+)+(a+)+$b", "--timeout", "1s")).toMatchObject({ code: 124 });
  });

  test("printed and scrolled away before the session ended, found in its log", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "echo READY; seq 1000"]);
    await box.ok(["wait", "x"]);
    expect(await waits(box, "x", "--contains", "READY")).toMatchObject({ code: 0, line: "READY", offset: 0 });
  });

  test("programs that end at once, waited for again and again, each end is known", async () => {
    await using box = shared();
    for (let round = 0; round < amount(3, 6); round += 1) {
      await box.start(`x${round}`, ["sh", "-c", `seq 500; exit ${round}`]);
      expect((await box.run(["wait", `x${round}`, "--exit-code"])).code).toBe(round);
    }
  });

  test("the session ends first, 1, and JSON says so", async () => {
    await using box = shared();
    await repeater(box, "x");
    const waiting = waits(box, "x", "--contains", "never");
    await say(box, "x", "end 3");
    const ended = {
      code: 1,
      matched: false,
      timed_out: false,
      ended: true,
      session: { state: "exited", exit_code: 3 },
    };
    expect(await waiting).toMatchObject(ended);
    const text = await box.run(["wait", "x", "--contains", "never"]);
    expect([text.code, text.stdout, text.stderr]).toEqual([1, "", 'x ended (exited 3) before it printed "never"\n']);
  });
});

describe("stillness and states", () => {
  test("a screen that is left alone, still; one on which a number counts, not, and --idle neither", async () => {
    await using box = shared();
    await box.start("still", ["sh", "-c", "echo drawn; exec sleep 1000"]);
    await box.start("counts", ["sh", "-c", "i=0; while :; do i=$((i+1)); printf '\\r%s' $i; sleep 0.02; done"]);
    expect(await waits(box, "still", "--stable", "100ms")).toMatchObject({ code: 0, condition: "stable" });
    expect(await waits(box, "still", "--idle", "100ms")).toMatchObject({ code: 0, condition: "idle" });
    expect(await waits(box, "counts", "--stable", "5s", "--timeout", "300ms")).toMatchObject({
      code: 124,
      timed_out: true,
    });
    expect(await waits(box, "counts", "--idle", "5s", "--timeout", "300ms")).toMatchObject({ code: 124 });
  });

  test("a program that prints without changing a cell, its screen is still", async () => {
    await using box = shared();
    await box.start("x", ["sh", "-c", "echo drawn; while :; do printf '\\007\\033[1;1Hd\\033[?25l'; sleep 0.01; done"]);
    expect(await waits(box, "x", "--stable", "300ms")).toMatchObject({ code: 0 });
  });

  test("names by prefix, all of them over already, the newest of each name", async () => {
    await using box = shared();
    for (const code of [7, 3]) await box.run(["run", "-n", "job-1", "--", "sh", "-c", `exit ${code}`]);
    await box.run(["run", "-n", "job-2", "--", "true"]);
    expect(await waits(box, "job-*", "--exit-code")).toMatchObject({ code: 3, matched: true });
    // A live one is what is meant, where there is one.
    await box.start("job-9", ["sleep", "1000"]);
    expect((await waits(box, "job-*", "--any", "--timeout", "50ms")).code).toBe(124);
    expect((await waits(box, "nothing-*")).code).toBe(3);
  });

  test("a state of the session, now and at its end; one that it cannot reach any more, 1", async () => {
    await using box = shared();
    await repeater(box, "x");
    expect((await waits(box, "x", "--state", "running")).code).toBe(0);
    expect((await waits(box, "x", "--state", "running", "--state", "idle")).code).toBe(0);
    const either = waits(box, "x", "--state", "exited", "--state", "killed");
    const waiting = waits(box, "x", "--state", "killed");
    await box.kill("x");
    expect(await waiting).toMatchObject({ code: 0, session: { state: "killed" } });
    expect(await either).toMatchObject({ code: 0, condition: "state", session: { state: "killed" } });
    expect((await waits(box, "x", "--state", "exited", "--state", "killed")).code).toBe(0);
    expect(await waits(box, "x", "--state", "exited")).toMatchObject({ code: 1, ended: true });
  });
});

describe("what goes wrong", () => {
  test("no such session 3; several conditions, no session, a bad expression, state, duration, number: 2", async () => {
    await using box = shared();
    await box.start("x", ["sleep", "1000"]);
    expect((await waits(box, "nobody")).code).toBe(3);
    for (const args of [
      ["x", "--exit", "--idle", "1s"],
      [],
      ["x", "--regex", "["],
      ["x", "--regex", "a(?=b)"],
      ["x", "--contains", ""],
      ["x", "--contains", "two\nlines"],
      ["x", "--state", "asleep"],
      ["x", "--stable", "soon"],
      ["x", "--timeout", "soon"],
      ["x", "--from", "1"],
      ["x", "--contains", "a", "--from", "-1"],
    ]) {
      const { code, stderr } = await waits(box, ...args);
      expect([args, code, JSON.parse(stderr).error.message]).toEqual([args, 2, expect.any(String)]);
    }
  });

  test("timed out, 124, with the session as it is", async () => {
    await using box = shared();
    await box.start("x", ["sleep", "1000"]);
    const late = await waits(box, "x", "--timeout", "50ms");
    expect(late).toMatchObject({
      code: 124,
      matched: false,
      timed_out: true,
      ended: false,
      session: { state: "running" },
    });
  });

  test("the worker dies meanwhile, 69", async () => {
    await using box = sandbox();
    for (const condition of [[], ["--contains", "never"]]) {
      const session = await box.start("x", ["sleep", "1000"]);
      const waiting = waits(box, "x", ...condition);
      await kill9(session.worker_pid ?? 0);
      const { code, stderr } = await waiting;
      expect([code, JSON.parse(stderr).error.code]).toEqual([69, "worker_unreachable"]);
    }
  });

  test("the worker stands still, the timeout counts all the same", async () => {
    await using box = sandbox();
    const { worker_pid } = await box.start("x", ["sleep", "1000"]);
    // The host has met the worker.
    await box.ok(["status", "x"]);
    process.kill(worker_pid ?? 0, "SIGSTOP");
    try {
      for (const condition of ["--exit", "--contains=never"]) {
        expect((await box.run(["wait", "x", condition, "--timeout", "100ms"])).code).toBe(124);
      }
    } finally {
      process.kill(worker_pid ?? 0, "SIGCONT");
    }
  });

  test("the host dies meanwhile, the wait goes on", async () => {
    await using box = sandbox();
    await repeater(box, "x");
    const running = ["--exit", "--contains=GO"].map((condition) =>
      box.spawn(["wait", "x", condition, "--timeout", "1m"]),
    );
    await killHost(box);
    await say(box, "x", "GO\\n");
    await say(box, "x", "end 0");
    for (const wait of running) expect((await wait.finished).code).toBe(0);
  });
});
