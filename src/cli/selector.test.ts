import { expect, test } from "bun:test";
import { Flags } from "./flags.ts";
import { currentSession, meansOne, selectorOf, takeSelector, takeSelectors } from "./selector.ts";

const ID = "0b5f3618-b14e-472b-a85c-71791a607a7e";

test("a prefix in the environment, sent with names and never with ids and panes", () => {
  const env = { BIDE_SESSION_PREFIX: "d." };
  expect(selectorOf("work", env)).toEqual({ text: "work", prefix: "d." });
  expect(selectorOf("%3", env)).toEqual({ text: "%3" });
  expect(selectorOf(ID, env)).toEqual({ text: ID });
  expect(selectorOf(".", { ...env, BIDE_SESSION_ID: ID })).toEqual({ text: ID });
});

test("`.` outside of a session, session_not_found", () => {
  expect(() => currentSession({})).toThrow("not inside of a session");
});

test("--workspace and --role, a selector that takes no word", () => {
  const flags = new Flags(new Map([["workspace", ["/"]], ["role", ["agent"]]])); // biome-ignore format: one flag per pair
  const context = { flags, positionals: ["new-name"], env: {} };
  expect(takeSelector(context)).toEqual({ selector: { workspace: "/", role: "agent" }, rest: ["new-name"] });
});

test("--role alone or nothing at all, a usage error", () => {
  const role = new Flags(new Map([["role", ["agent"]]]));
  expect(() => takeSelector({ flags: role, positionals: [], env: {} })).toThrow("only together");
  expect(() => takeSelectors({ flags: new Flags(new Map()), positionals: [], env: {} })).toThrow("which sessions");
});

test("one plain selector means one, a pattern or two mean several", () => {
  expect(meansOne([{ text: "a" }])).toBe(true);
  expect(meansOne([{ text: "a*" }])).toBe(false);
  expect(meansOne([{ text: "a" }, { text: "b" }])).toBe(false);
});
