// The bridge to cmux against a stand-in that records its calls: the order of the calls, and that a step that fails leaves
// neither a split nor a session behind.

import { expect, test } from "bun:test";
import { fail, ok } from "../../src/base/result.ts";
import { type SplitRequest, splitSurface } from "../../src/tmux/cmux/split-surface.ts";
import { sandbox } from "../support/sandbox.ts";
import { type StandInCmux, standInCmux } from "./stand-in.ts";

interface Happened {
  readonly steps: string[];
  readonly request: SplitRequest<string>;
}

function request(cmux: StandInCmux | undefined, env: Record<string, string> = {}): Happened {
  const steps: string[] = [];
  const PATH = cmux === undefined ? "/usr/bin:/bin" : `${cmux.bin}:/usr/bin:/bin`;
  return {
    steps,
    request: {
      caller: { env: { PATH, CMUX_SURFACE_ID: "surface:9", ...env }, cwd: "/" },
      direction: "right",
      async start() {
        steps.push("start");
        return ok("%7");
      },
      attachLine: (pane) => `exec bide attach ${pane}`,
      async undo(pane) {
        steps.push(`undo ${pane}`);
      },
    },
  };
}

const BEFORE = [
  "identify --json",
  "new-split right --workspace workspace:1 --window window:1 --surface surface:1 --focus true",
];

test("a split, made beside the focused surface and told to attach", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { request: wanted, steps } = request(cmux);
  expect(await splitSurface(wanted)).toEqual({ ok: true, value: "%7" });
  expect(steps).toEqual(["start"]);
  expect(cmux.calls()).toEqual([...BEFORE, "send --surface surface:2 exec bide attach %7"]);
});

test("cmux is not on PATH, nothing is started", async () => {
  const { request: wanted, steps } = request(undefined);
  const result = await splitSurface(wanted);
  expect(result).toMatchObject({ ok: false, code: "failed" });
  expect(result.ok ? "" : result.message).toContain("hidden session");
  expect(steps).toEqual([]);
});

test("the split cannot be made, nothing is started and its complaint is told on one clean line", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { request: wanted, steps } = request(cmux, { CMUX_FAILS: "new-split" });
  const result = await splitSurface(wanted);
  expect(result.ok ? "" : result.message).toBe("cmux new-split ended with 3: no\\x1b[31m new-split today");
  expect(steps).toEqual([]);
  expect(cmux.calls()).toEqual(BEFORE);
});

test("the split's shell cannot be told to attach, session and split are taken back", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { request: wanted, steps } = request(cmux, { CMUX_FAILS: "send" });
  expect((await splitSurface(wanted)).ok).toBe(false);
  expect(steps).toEqual(["start", "undo %7"]);
  expect(cmux.calls().at(-1)).toBe("close-surface --surface surface:2");
});

test("the session cannot be started, the split is closed and the reason is the session's", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { request: wanted } = request(cmux);
  const result = await splitSurface({ ...wanted, start: async () => fail("bad_cwd", "no such directory") });
  expect(result).toMatchObject({ ok: false, code: "bad_cwd" });
  expect(cmux.calls().at(-1)).toBe("close-surface --surface surface:2");
});

test("cmux does not say which split it made and focus is where it was, the caller's own surface is never closed", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { request: wanted, steps } = request(cmux, { CMUX_SAYS: "done" });
  expect((await splitSurface(wanted)).ok).toBe(false);
  expect(steps).toEqual([]);
  expect(cmux.calls().some((call) => call.startsWith("close-surface"))).toBe(false);
});

test("cmux names a surface with what could be a command line, it is not believed", async () => {
  await using box = sandbox();
  const cmux = standInCmux(box);
  const { request: wanted, steps } = request(cmux, { CMUX_SAYS: "OK surface:$(reboot) --all" });
  expect((await splitSurface(wanted)).ok).toBe(false);
  expect(steps).toEqual([]);
});
