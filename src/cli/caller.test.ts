import { expect, test } from "bun:test";
import { callerSession, childEnvironment } from "./caller.ts";

test("the caller's environment, without what bide told its own session", () => {
  const env = {
    PATH: "/bin",
    BIDE_SESSION: "outer",
    BIDE_SESSION_ID: "1",
    BIDE_SESSION_TOKEN: "secret",
    BIDE_PANE: "%1",
    BIDE_TEST_HOOK: "x",
    BIDE_SESSION_PREFIX: "d.",
    COLUMNS: "33",
    LINES: "7",
    GONE: undefined,
  };
  expect(childEnvironment(env, { A: "b", PATH: "/usr/bin" })).toEqual({
    PATH: "/usr/bin",
    BIDE_SESSION_PREFIX: "d.",
    A: "b",
  });
  expect(childEnvironment(env, { COLUMNS: "100" }).COLUMNS).toBe("100");
});

test("inside a session, its id and token; a token that is missing is sent as an empty one", () => {
  expect(callerSession({})).toBeNull();
  expect(callerSession({ BIDE_SESSION_ID: "1", BIDE_SESSION_TOKEN: "t" })).toEqual({ session_id: "1", token: "t" });
  expect(callerSession({ BIDE_SESSION_ID: "1" })).toEqual({ session_id: "1", token: "" });
});
