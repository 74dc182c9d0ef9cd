import { expect, test } from "bun:test";
import { descendants, processTable } from "./process-table.ts";
import { parseElapsed, parsePsLine } from "./process-table-darwin.ts";
import { end, startProgram } from "./program-under-test.ts";

test("a program runs below ours, its row tells group, session, terminal and command", async () => {
  const program = startProgram(["sh", "-c", "echo ready; read -r _; :", "a name"]);
  await program.printed("ready");
  const table = processTable();
  const row = table.find((one) => one.pid === program.pty.pid);
  expect(row).toMatchObject({
    ppid: process.pid,
    pgid: program.pty.pid,
    tty: program.pty.ttyPath.replace("/dev/", ""),
    command: "sh -c echo ready; read -r _; : a name",
  });
  expect(row?.rss_kib).toBeGreaterThan(100);
  expect(row?.elapsed_s).toBeGreaterThanOrEqual(0);
  expect(table.some((one) => one.pid === process.pid)).toBe(true);
  await end(program);
});

test("a process has children and grandchildren, each is found with its depth", () => {
  const base = { pgid: 1, sid: 1, state: "S", cpu_percent: 0, rss_kib: 0, elapsed_s: 0, command: "", tty: null };
  const row = (pid: number, ppid: number) => ({ ...base, pid, ppid, start_time: "0" });
  // The order of pids says nothing, and a table read in motion may even hold a circle.
  const table = [row(7, 3), row(3, 2), row(2, 9), row(4, 2), row(8, 1), row(9, 7)];
  expect([...descendants(2, table)]).toEqual([
    [2, 0],
    [3, 1],
    [4, 1],
    [7, 2],
    [9, 3],
  ]);
  expect(descendants(99, table).size).toBe(0);
});

test("ps prints a line on macOS, it becomes a row", () => {
  const line = "  501   1  501 Ss+    0.5   2048 02-03:04:05 ttys003  /bin/zsh -l  two  blanks";
  expect(parsePsLine(line)).toEqual({
    pid: 501,
    ppid: 1,
    pgid: 501,
    sid: 0,
    state: "S",
    cpu_percent: 0.5,
    rss_kib: 2048,
    elapsed_s: ((2 * 24 + 3) * 60 + 4) * 60 + 5,
    command: "/bin/zsh -l  two  blanks",
    tty: "ttys003",
    start_time: "",
  });
  expect(parsePsLine("nonsense")).toBeNull();
  expect(parseElapsed("00:07")).toBe(7);
  expect(parseElapsed("01:00:00")).toBe(3600);
});
