// Fault C8: a reader that has seen enough closes the pipe. That is a normal end for every verb that prints, also for
// those that would follow for ever: exit code 0 and not a word on standard error. Real errors stay errors.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

/** Runs `bide ARGS | head -c COUNT`: the code of bide, and what it said. */
function cutAfter(box: Sandbox, count: number, args: readonly string[]): { code: number; said: string } {
  const script = `"$@" 2>said </dev/null | head -c ${count} >/dev/null; exit "\${PIPESTATUS[0]}"`;
  const { exitCode } = Bun.spawnSync(["bash", "-c", script, "bash", BIDE, ...args], { cwd: box.root, env: box.env });
  return { code: exitCode, said: readFileSync(join(box.root, "said"), "utf8") };
}

test("a reader that closes after 100 bytes, 0 without a word for every verb that prints", async () => {
  await using box = sandbox();
  // More than a pipe holds (64 KiB), everywhere: the writer must notice. What goes on printing leaves time for others.
  const endless = "seq 50000; while :; do seq 1000; sleep 0.02; done";
  await box.start("endless", ["sh", "-c", endless], ["-l", `long=${"x".repeat(200)}`]);
  await box.start("ended", ["sh", "-c", "seq 50000"]);
  await box.event("ended", (event) => event.event === "exited");
  for (const args of [
    ["logs", "endless", "--follow", "--raw"],
    ["logs", "endless", "--follow", "--json"],
    ["logs", "ended"],
    ["events", "endless", "--follow", "--json"],
    ["events", "ended", "--json"],
    ["attach", "endless"],
    ["history", "ended"],
    ["screen", "ended", "--json"],
    ["list", "--all", "--json"],
    ["help"],
    ["completions", "bash"],
  ]) {
    expect([args, cutAfter(box, 100, args)]).toEqual([args, { code: 0, said: "" }]);
  }
  expect(await box.session("endless")).toMatchObject({ state: "running", attached_clients: 0 });
});

test("a reader that closes before the first byte, 0 as well; an error is still an error", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", "seq 50000"]);
  await box.event("x", (event) => event.event === "exited");
  expect(cutAfter(box, 0, ["logs", "x"])).toEqual({ code: 0, said: "" });
  expect(cutAfter(box, 0, ["events", "x", "--json"])).toEqual({ code: 0, said: "" });
  const missing = cutAfter(box, 100, ["events", "nobody", "--json"]);
  expect(missing.code).toBe(3);
  expect(JSON.parse(missing.said).error.code).toBe("session_not_found");
  expect(cutAfter(box, 0, ["attach", "x"])).toMatchObject({ code: 4 });
});
