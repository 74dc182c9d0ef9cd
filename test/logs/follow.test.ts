// `bide logs --follow` by offset, over segments, gaps and the death of whoever is asked, without loss or
// repeat.

import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { amount } from "../support/amounts.ts";
import { BIDE, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

const shared = sharedSandbox();

/** A segment holds 64 MiB: the full amount passes its end. */
const FOLLOWED_MB = amount(10, 70);

test(`${FOLLOWED_MB} MB while they are followed, every byte once and in order`, async () => {
  await using box = sandbox();
  // Long lines, because the terminal and its line ends are not what this is about.
  const count = FOLLOWED_MB * 1000;
  const filling = "-".repeat(990);
  const lines = `seq -f '%.0f ${filling}' ${count}`;
  await box.start("n", ["sh", "-c", `stty -echo; echo ready; read go; ${lines}`]);
  await box.printed("n", "ready\r\n");
  const env = { ...box.env };
  const followed = Bun.spawn(["bash", "-c", '"$0" logs n --follow --raw | sha256sum', BIDE], { env, stdout: "pipe" });
  await box.type("n", "\r");
  const wanted = Bun.spawn(["bash", "-c", `(echo ready; ${lines}) | sed 's/$/\r/' | sha256sum`], { stdout: "pipe" });
  const sums = await Promise.all([followed, wanted].map(({ stdout }) => new Response(stdout).text()));
  await box.event("n", ({ event }) => event === "exited");
  expect(sums[0]).toBe(sums[1] as string);
  const { paths } = await box.inspect("n");
  expect([...new Bun.Glob("pty.log*").scanSync(paths.root)].length).toBe(amount(1, 2));
  expect(await box.ok(["logs", "n", "--tail", "2"])).toBe(`${count - 1} ${filling}\n${count} ${filling}\n`);
});

test("a part of the log that goes while a slow follower waits, the gap is told and what follows is whole", async () => {
  await using box = shared();
  const program = 'stty -echo; echo ready; while read -r line; do echo "$line"; done';
  await box.start("n", ["sh", "-c", program]);
  const { paths } = await box.inspect("n");
  for (const flags of [[], ["--json"], ["--raw"]]) {
    const following = box.spawn(["logs", "n", "--follow", "--tail", "1", ...flags]);
    const seen = await following.line();
    expect(seen).toBeDefined();
    const last = `third${flags.join("")}`;
    following.signal("SIGSTOP");
    const say = async (text: string) => {
      await box.type("n", `${text}\r`);
      await box.printed("n", `${text}\r\n`);
    };
    // The first is on its way to the follower already; the second is in the file alone.
    await say("first");
    await say("second, never seen");
    for (const name of new Bun.Glob("pty.log*").scanSync(paths.root)) rmSync(join(paths.root, name));
    await say(last);
    following.signal("SIGCONT");
    await following.says(last);
    const { stdout, stderr } = await following.end();
    expect(stdout).not.toContain("second");
    if (flags[0] === "--json") expect(stdout).toMatch(/"line":"third--json".*"missing":\d+/);
    else expect(stderr).toMatch(/^\[\d+ bytes are gone here\]$/m);
  }
});

test("a worker that is killed, its follower gets everything up to the last flush and ends", async () => {
  await using box = sandbox();
  const { worker_pid } = await box.start("n", ["sh", "-c", "seq 1 1000; read line"]);
  const following = box.spawn(["logs", "n", "--follow"]);
  await following.says("\n1000\n");
  process.kill(Number(worker_pid), "SIGKILL");
  const { code, stdout } = await following.finished;
  expect([code, stdout]).toEqual([0, Array.from({ length: 1000 }, (_, index) => `${index + 1}\n`).join("")]);
});
