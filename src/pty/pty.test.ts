import { expect, test } from "bun:test";
import { end, fixture, startProgram } from "./program-under-test.ts";

const ANSWERS = fixture("pty-answer-lines.sh");

test("the terminal is resized, the program gets one SIGWINCH and sees the new size", async () => {
  const program = startProgram([ANSWERS]);
  await program.printed("ready");
  expect(program.pty.resize({ rows: 50, cols: 132, xpixel: 1000, ypixel: 800 })).toBe(true);
  program.pty.write(Buffer.from("\n"));
  await program.printed("50 132");
  expect(program.output()).toContain("resized");
  await end(program);
});

test("1,000 resizes with impossible sizes come at once, nothing throws and the last one holds", async () => {
  const program = startProgram([ANSWERS]);
  await program.printed("ready");
  const odd = [0, 1, 65535, Number.NaN, -1, 1e12, 0.5, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 1000; round++) {
    const rows = odd[round % odd.length] ?? 0;
    expect(program.pty.resize({ rows, cols: odd[(round * 3) % odd.length] ?? 0 })).toBe(true);
  }
  program.pty.resize({ rows: 0, cols: 65535 });
  program.pty.write(Buffer.from("\n"));
  await program.printed("1 1000");
  await end(program);
  expect(program.pty.resize({ rows: 24, cols: 80 })).toBe(false);
});

test("Ctrl-C is typed, the program in the foreground ends with SIGINT", async () => {
  const program = startProgram(["sh", "-c", "echo ready; exec sleep 1000"]);
  await program.printed("ready");
  program.pty.write(Buffer.from("\x03"));
  expect(await program.exited).toEqual({ code: null, signal: "SIGINT" });
});

test("a job runs in the foreground of a shell, it alone gets the signal", async () => {
  const program = startProgram(["sh", "-mc", "sh -c 'echo job; read -r _'; echo \"status $?\""]);
  await program.printed("job");
  const group = program.pty.foregroundGroup();
  expect(group).not.toBe(program.pty.pid);
  expect(program.pty.signalForeground("SIGKILL")).toBe("sent");
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(program.output()).toContain("status 137");
  expect(program.pty.signalForeground("SIGKILL")).toBe("gone");
});

test("a program kills itself, the exit status names the signal", async () => {
  const program = startProgram(["sh", "-c", "kill -KILL $$"]);
  expect(await program.exited).toEqual({ code: null, signal: "SIGKILL" });
  expect(program.pty.exitStatus).toEqual({ code: null, signal: "SIGKILL" });
});

test("40 programs run at once in one process, each gets its own output and exit", async () => {
  const programs = Array.from({ length: 40 }, (_, index) =>
    startProgram([fixture("pty-print-numbers.sh"), String(100 + index), String(index)], {}),
  );
  const statuses = await Promise.all(programs.map((program) => program.exited));
  expect(statuses.map((status) => status.code)).toEqual(programs.map((_, index) => index));
  for (const [index, program] of programs.entries()) {
    expect(program.output()).toEndWith(`\n${100 + index}\r\n`);
    await program.closed;
  }
});
