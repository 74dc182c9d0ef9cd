import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callerSurface, inCmux, surfaceFlags } from "./cmux-context.ts";

test("inside cmux, by a variable of it or a socket of ours; a link or a file is no socket", () => {
  const directory = mkdtempSync("/tmp/bide-cmux-");
  const path = join(directory, "cmux.sock");
  const listener = Bun.listen({ unix: path, socket: { data() {} } });
  symlinkSync(path, join(directory, "link"));
  writeFileSync(join(directory, "file"), "");
  expect(inCmux({ CMUX_SOCKET_PATH: path })).toBe(true);
  expect(inCmux({ CMUX_SOCKET_PATH: join(directory, "link") })).toBe(false);
  expect(inCmux({ CMUX_SOCKET_PATH: join(directory, "file") })).toBe(false);
  expect(inCmux({ CMUX_SOCKET_PATH: join(directory, "absent") })).toBe(false);
  expect(inCmux({ CMUX_SURFACE_ID: "surface:1" })).toBe(true);
  expect(inCmux({})).toBe(false);
  listener.stop(true);
  rmSync(directory, { recursive: true });
});

test("names that cmux could not have given, left out of the command line", () => {
  const env = { CMUX_SURFACE_ID: "surface:1", CMUX_WORKSPACE_ID: "--all", CMUX_WINDOW_ID: "a b" };
  expect(surfaceFlags(callerSurface(env))).toEqual(["--surface", "surface:1"]);
});
