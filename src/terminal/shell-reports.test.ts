// The directory in OSC 7: whose it is, and what it must look like.

import { expect, test } from "bun:test";
import { localPath } from "./shell-reports.ts";

test("a directory on this machine under any of its names, it is the path", () => {
  for (const host of ["", "localhost", "box", "BOX", "box.example.org"]) {
    expect(localPath(`file://${host}/home/me/a%20b`, "box")).toBe("/home/me/a b");
  }
  expect(localPath("file://box/x", "box.example.org")).toBe("/x");
  expect(localPath("kitty-shell-cwd://box/a%20b", "box")).toBe("/a%20b");
});

test("another machine's directory or garbage, it is ignored", () => {
  for (const report of [
    "file://other/x",
    "file://bo/x",
    "http://box/x",
    "/x",
    "",
    "file://box",
    "file://box/%zz",
    "file://box/a%00b",
  ]) {
    expect(localPath(report, "box")).toBeUndefined();
  }
});
