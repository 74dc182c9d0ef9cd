import { afterAll, beforeAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { candidates, explainDirectory, explainProgram } from "./program-lookup.ts";
import { temporaryDirectory } from "./program-under-test.ts";

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);

beforeAll(() => {
  mkdirSync(at("one"));
  mkdirSync(at("two"));
  writeFileSync(at("one/tool"), "");
  writeFileSync(at("two/tool"), "");
  writeFileSync(at("bide-script"), "#! /no/such/shell -x\n");
  chmodSync(at("bide-script"), 0o755);
});
afterAll(directory.remove);

test("a program is in several directories of PATH, they are tried in that order and only where it exists", () => {
  const env = { PATH: `${at("none")}:${at("two")}:${at("one")}` };
  expect(candidates("tool", env, "/")).toEqual([at("two/tool"), at("one/tool")]);
});

test("PATH has relative and empty elements, they are meant from the program's directory", () => {
  expect(candidates("tool", { PATH: "two:" }, directory.path)).toEqual(["./two/tool"]);
  expect(candidates("bide-script", { PATH: ":/bin" }, directory.path)).toEqual(["./bide-script"]);
});

test("a name has a slash or is empty, PATH is not searched", () => {
  expect(candidates("./tool", { PATH: at("one") }, "/")).toEqual(["./tool"]);
  expect(candidates("", { PATH: at("one") }, "/")).toEqual([]);
});

test("there is no PATH at all, the system's default is searched", () => {
  expect(candidates("sh", {}, "/")).toContain("/bin/sh");
});

test("a directory is missing or a file, the text says which", () => {
  expect(explainDirectory(at("none"))?.message).toContain("does not exist");
  expect(explainDirectory(at("bide-script"))?.message).toContain("which is a file");
  expect(explainDirectory(at("bide-script/below"))?.code).toBe("bad_cwd");
  expect(explainDirectory(directory.path)).toBeNull();
});

test("exec says ENOENT though the script exists, its interpreter is what is missing", () => {
  const failure = explainProgram("ENOENT", "./bide-script", "./bide-script", {}, directory.path);
  expect(failure?.code).toBe("program_not_executable");
  expect(failure?.message).toContain('"/no/such/shell"');
});
