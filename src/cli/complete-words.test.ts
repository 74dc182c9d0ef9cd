import { expect, test } from "bun:test";
import type { Session } from "../protocol/session.ts";
import { completedNames } from "./complete-words.ts";

function session(name: string, state: Session["state"]): Session {
  return { name, state } as Session;
}

test("names, by whether they live, without the caller's prefix and without anything a shell could take apart", () => {
  const sessions = [
    session("d.one", "running"),
    session("d.two", "exited"),
    session("x", "running"),
    session("d.", "lost"),
  ];
  expect(completedNames(sessions, "live", "d.")).toEqual(["one"]);
  expect(completedNames(sessions, "ended", "d.")).toEqual(["two"]);
  expect(completedNames([session("$(reboot)", "running")], "any", "")).toEqual([]);
});
