// An error on its way over a socket: it arrives with its code, also between two versions.

import { expect, test } from "bun:test";
import { BideError, ERRORS, type ErrorCode } from "../base/errors.ts";
import { fail } from "../base/result.ts";
import { fromErrorPayload, thrownPayload, toErrorPayload } from "./error-payload.ts";

test("every code there and back, the same code, text, exit code and hint", () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const sent = new BideError(code, `about ${code}`);
    const arrived = fromErrorPayload(JSON.parse(JSON.stringify(toErrorPayload(sent))));
    expect({ ...arrived, message: arrived.message, exit: arrived.exitCode }).toEqual({
      ...sent,
      message: sent.message,
      exit: sent.exitCode,
    });
  }
});

test("a code that only a newer peer knows, it arrives as failed with its text and hint kept", () => {
  const arrived = fromErrorPayload({ code: "moon_phase", message: "the moon is full", hint: "wait" });
  expect([arrived.code, arrived.message, arrived.hint, arrived.exitCode]).toEqual([
    "failed",
    "the moon is full",
    "wait",
    1,
  ]);
});

test("codes that are names of object methods, unknown like any other", () => {
  for (const code of ["toString", "constructor", "__proto__", ""]) {
    expect(fromErrorPayload({ code, message: "m" }).code).toBe("failed");
  }
});

test("a hint of its own, it wins over the standing one; none at all, none is sent", () => {
  expect(toErrorPayload(fail("busy", "m", { hint: "own" })).hint).toBe("own");
  expect(toErrorPayload(fail("busy", "m")).hint).toBe(ERRORS.busy.hint);
  expect(toErrorPayload(fail("failed", "m"))).toEqual({ code: "failed", message: "m" });
});

test("a bug inside a server, internal with its text and without its stack", () => {
  expect(thrownPayload(new TypeError("x is undefined"))).toMatchObject({ code: "internal", message: "x is undefined" });
  expect(thrownPayload("text")).toMatchObject({ code: "internal", message: "text" });
  expect(thrownPayload(new BideError("busy", "later")).code).toBe("busy");
  expect(Object.keys(thrownPayload(new Error("x")))).toEqual(["code", "message", "hint"]);
});

test("a text that quotes 4 MB, cut so that it fits into a frame", () => {
  expect(toErrorPayload(fail("failed", "\u0001".repeat(4_000_000))).message.length).toBe(8192 + 3);
});
