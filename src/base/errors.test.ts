// The table of errors is wire format and documentation at once: docs/errors.md says the same as the code.

import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { BideError, ERRORS, errnoOf, isErrorCode, messageOf, unwrap } from "./errors.ts";
import { fail, ok } from "./result.ts";
import { VERSION } from "./version.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("every code in docs/errors.md with its exit code, and no code there that is not ours", () => {
  const rows = [...read("docs/errors.md").matchAll(/^\| `([a-z_]+)` \| (\d+) \| \S/gm)];
  const documented = rows.map(([, code, exit]) => [code, Number(exit)]);
  expect(Object.fromEntries(documented)).toEqual(
    Object.fromEntries(Object.entries(ERRORS).map(([code, { exit }]) => [code, exit])),
  );
  expect(documented.length).toBe(Object.keys(ERRORS).length);
});

test("the exit codes, only those that the command line's rules list", () => {
  const allowed = [1, 2, 3, 4, 5, 69, 70, 75, 78, 124, 125, 126, 127];
  expect(Object.values(ERRORS).filter(({ exit }) => !allowed.includes(exit))).toEqual([]);
});

test("the version that a hello tells, the package's", () => {
  expect(VERSION).toBe(JSON.parse(read("package.json")).version);
});

test("a failure unwrapped, thrown with its code, cause and the table's hint", () => {
  const cause = new Error("why");
  const thrown = (() => {
    try {
      return unwrap(fail("busy", "later", { cause }));
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(BideError);
  expect(thrown).toMatchObject({ code: "busy", message: "later", hint: ERRORS.busy.hint, exitCode: 75, cause });
  expect(unwrap(ok(5))).toBe(5);
});

test("names that every object has, no codes", () => {
  expect(["toString", "__proto__", "constructor", "", null, 5].map(isErrorCode)).toEqual(Array(6).fill(false));
  expect(isErrorCode("usage")).toBe(true);
});

test("anything thrown, told in one line and with the system's name of it if it has one", () => {
  expect([messageOf(new Error("a")), messageOf("b"), messageOf(null)]).toEqual(["a", "b", "null"]);
  expect([errnoOf({ code: "ENOENT" }), errnoOf({ code: 5 }), errnoOf(null), errnoOf("x")]).toEqual([
    "ENOENT",
    undefined,
    undefined,
    undefined,
  ]);
});
