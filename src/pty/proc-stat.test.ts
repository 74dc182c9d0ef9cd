import { expect, test } from "bun:test";
import { parseProcStat, readProcStat, runsInForeground } from "./proc-stat.ts";

const REST = "5 6 7 34823 9 0 0 0 0 0 11 22 0 0 20 0 1 0 987654321012345678 4096 33 0";

test("a process is named after the format itself, its fields are still found", () => {
  expect(parseProcStat(`42 (a) S 1 (b c) R ${REST}`)).toEqual({
    pid: 42,
    name: "a) S 1 (b c",
    state: "R",
    ended: false,
    ppid: 5,
    pgid: 6,
    sid: 7,
    tty: "pts/7",
    ttyDevice: 34823,
    foregroundGroup: 9,
    cpuTicks: 33,
    startTicks: "987654321012345678",
    rssPages: 33,
  });
});

test("what has ended, or is about to, told by its state or by the kernel's flag of exiting processes", () => {
  const ended = (state: string, flags: number) =>
    parseProcStat(`42 (sh) ${state} 5 6 7 34823 9 ${flags} 0 0 0 0 11 22 0 0 20 0 1 0 98 4096 33 0`)?.ended;
  expect(ended("S", 0x400000)).toBe(false);
  expect(ended("R", 0x400004)).toBe(true);
  expect(ended("Z", 0)).toBe(true);
  expect(ended("X", 0)).toBe(true);
});

test("who runs in the foreground of its terminal, told by state and groups alone", () => {
  const line = (state: string, pgid: number, foreground: number, name = "a) S 1 2 3 4 2 (b") =>
    `42 (${name}) ${state} 5 ${pgid} 7 34823 ${foreground} 0 0`;
  for (const state of ["R", "S", "D"]) expect(runsInForeground(line(state, 9, 9))).toBe(true);
  for (const state of ["T", "t", "Z", "X"]) expect(runsInForeground(line(state, 9, 9))).toBe(false);
  expect(runsInForeground(line("S", 9, 8))).toBe(false);
  expect(runsInForeground(line("S", 9, 99))).toBe(false);
  expect(runsInForeground(line("S", 99, 9))).toBe(false);
  expect(runsInForeground(line("S", 9, -1))).toBe(false);
  expect(runsInForeground("")).toBe(false);
  expect(runsInForeground("42 (sh) R 5 6")).toBe(false);
});

test("a line is cut short or empty, it is no process", () => {
  expect(parseProcStat("")).toBeNull();
  expect(parseProcStat("42 (sh) R 5 6")).toBeNull();
});

test.if(process.platform === "linux")("a pid is read, it is that of the process; a free one is null", () => {
  expect(readProcStat(process.pid)?.pid).toBe(process.pid);
  expect(readProcStat(2 ** 30)).toBeNull();
});
