// Plain paths are answered without node:path, and all paths as node:path answers them.

import { expect, test } from "bun:test";
import { isAbsolute, join, resolve } from "node:path";
import { absolutePath, isAbsolutePath, pathIn } from "./plain-path.ts";

const PATHS = [
  ...["/", "/tmp", "/tmp/", "/tmp/x", "//tmp", "/tmp//x", "/tmp/./x", "/tmp/.", "/tmp/..", "/tmp/../x", "/..", "/."],
  ...["/tmp/.x", "/tmp/..x", "/tmp/x.", "/tmp/...", "/...", "/tmp/x y", "/tmp/ä\n/b", "tmp", "./tmp", "..", ".", ""],
];

test("any path, absolute as node:path makes it", () => {
  for (const path of PATHS) {
    expect([path, absolutePath(path)]).toEqual([path, resolve(path)]);
    expect([path, isAbsolutePath(path)]).toEqual([path, isAbsolute(path)]);
    expect([path, pathIn(path, "bide/x.toml")]).toEqual([path, join(path, "bide/x.toml")]);
  }
});
