import { expect, test } from "bun:test";
import { nearest } from "./nearest.ts";

const VERBS = ["start", "attach", "list", "status", "logs", "inspect"];

test("a slip of one letter or two neighbours, the word that was meant", () => {
  expect(["strat", "atach", "lsit", "statsu", "log", "inspekt"].map((typed) => nearest(typed, VERBS))).toEqual([
    "start",
    "attach",
    "list",
    "status",
    "logs",
    "inspect",
  ]);
});

test("a beginning of a word, that word", () => {
  expect(nearest("insp", VERBS)).toBe("inspect");
});

test("something else altogether, nothing", () => {
  expect(nearest("frobnicate", VERBS)).toBeUndefined();
  expect(nearest("x".repeat(10_000), VERBS)).toBeUndefined();
});
