import { expect, test } from "bun:test";
import { commandText, pathText } from "./session-text.ts";

test("words with blanks, quotes or nothing in them, quoted as a shell wants them", () => {
  expect(commandText(["sh", "-c", "echo 'a b'", "", "--x=1"])).toBe(`sh -c 'echo '\\''a b'\\''' '' --x=1`);
});

test("a path below home, with ~; a path that only begins alike, as it is", () => {
  expect(["/home/a", "/home/a/b", "/home/ab"].map((path) => pathText(path, "/home/a"))).toEqual([
    "~",
    "~/b",
    "/home/ab",
  ]);
  expect(pathText("/x", "/")).toBe("/x");
});
