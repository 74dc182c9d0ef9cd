import { expect, test } from "bun:test";
import { readBashArguments } from "./bash-arguments.ts";

test("an interactive bash, what decides about its startup files", () => {
  expect(readBashArguments([])).toMatchObject({ login: false, posix: false, norc: false, others: [] });
  expect(readBashArguments(["-l"])).toMatchObject({ login: true, others: ["-l"] });
  expect(readBashArguments(["--norc", "--noprofile", "--posix", "-i"])).toMatchObject({
    norc: true,
    noprofile: true,
    posix: true,
    others: ["-i"],
  });
  expect(readBashArguments(["--rcfile", "/x", "-o", "vi"])).toMatchObject({ rcfile: "/x", others: ["-o", "vi"] });
});

test("a bash that runs a command or a script, or may not be touched, left alone", () => {
  for (const words of [
    ["-c", "x"],
    ["-lc", "x"],
    ["script"],
    ["-s"],
    ["-r"],
    ["--restricted"],
    ["-p"],
    ["--"],
    ["-"],
  ]) {
    expect(readBashArguments(words)).toBeUndefined();
  }
});
