// `screen` and `history`: the same answer from the worker and, after the end, from the files.

import { expect, setDefaultTimeout, test } from "bun:test";
import { sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

const PROGRAM = "stty -echo; seq 1 30; printf '\\033[1;31mred\\033[m 漢\\033]2;title\\007'; read line";

test("a screen as text, with colours and as JSON, while the program runs and after it", async () => {
  await using box = shared();
  const { session_id } = await box.start("x", ["sh", "-c", PROGRAM], ["--size", "40x5"]);
  await box.printed("x", "title");
  for (const ended of [false, true]) {
    if (ended) await box.kill("x");
    expect(await box.ok(["screen", "x"])).toBe("27\n28\n29\n30\nred 漢\n");
    expect(await box.ok(["screen", "x", "--ansi"])).toBe("27\n28\n29\n30\n\x1b[1;31mred\x1b[m 漢\n");
    const screen = await box.json(["screen", "x"]);
    expect(screen).toMatchObject({
      schema_version: 1,
      session_id,
      rows: 5,
      cols: 40,
      title: "title",
      alternate: false,
    });
    expect(screen.cursor).toMatchObject({ row: 4, col: 6, visible: true });
    expect(screen.lines[4]).toMatchObject({ text: "red 漢", runs: [{ col: 0, cells: 3, fg: 1, bold: true }] });
    expect((await box.ok(["history", "x"])).split("\n").slice(0, 3)).toEqual(["1", "2", "3"]);
    expect(await box.ok(["history", "x", "--lines", "2"])).toBe("30\nred 漢\n");
    expect(await box.ok(["history", "x", "--vt", "--lines", "1"])).toMatch(
      /^\x1b\[[0-9;]*1[0-9;]*mred\x1b\[0?m 漢.*\n$/,
    );
    expect((await box.json(["history", "x"])).lines).toHaveLength(31);
  }
});

test("a program that printed nothing, an empty screen while it runs and after it", async () => {
  await using box = shared();
  await box.start("x", ["cat"], ["--size", "40x5"]);
  const live = await box.json(["screen", "x"]);
  await box.ok(["stop", "x"]);
  await box.start("y", ["true"], ["--size", "40x5"]);
  await box.event("y", (event) => event.event === "exited");
  const { session_id, ...ended } = await box.json(["screen", "y"]);
  expect({ session_id: live.session_id, ...ended }).toEqual(live);
  for (const args of [["screen"], ["screen", "--ansi"], ["history"], ["export", "--text"]]) {
    const [verb = "", ...flags] = args;
    expect(await box.ok([verb, "y", ...flags])).toBe("");
  }
  expect((await box.json(["history", "y"])).lines).toEqual([]);
  expect(await box.ok(["screen", "y", "--html"])).toContain("<html");
  await box.ok(["delete", "y"]);
  expect((await box.json(["screen", "y"])).lines).toHaveLength(5);
});

test("a session without a screen, an error that says where to look", async () => {
  await using box = shared();
  expect((await box.run(["start", "-n", "x", "--", "/no/such"])).code).toBe(127);
  const { code, stderr } = await box.run(["screen", "x"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("left no screen")]);
});
