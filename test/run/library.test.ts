// Runs through the library, as another program has them; and what happens when the worker or the host dies meanwhile.

import { expect, setDefaultTimeout } from "bun:test";
import { connect, type Run, type RunEnd } from "../../src/client/index.ts";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox } from "../support/sandbox.ts";
import { home, run } from "./shell.ts";

setDefaultTimeout(60_000);

async function collect(run: Run): Promise<{ text: string; end: RunEnd }> {
  let text = "";
  const output = run.output();
  for (;;) {
    const next = await output.next();
    if (next.done) return { text, end: next.value };
    text += Buffer.from(next.value).toString();
  }
}

const library = (box: Sandbox) => connect({ env: box.env, command: [BIDE] });

needs("bash")("a run in a shell, one in a session of its own, and the record of commands", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const bide = await library(box);
  const first = await bide.run("s", "cd /usr; echo out; (exit 3)");
  expect(first).toMatchObject({ sessionName: "s", seq: 1, text: "cd /usr; echo out; (exit 3)" });
  expect(await collect(first)).toMatchObject({ text: "out\n", end: { exitCode: 3, signal: null } });
  first.close();
  const words = await bide.run("s", ["printf", "%s", "a  b"]);
  expect((await collect(words)).text).toBe("a  b");
  words.close();
  const own = await bide.runAlone({
    argv: ["sh", "-c", "echo own; exit 4"],
    env: box.env,
    cwd: "/",
    umask: 0o22,
    rows: 24,
    cols: 80,
  });
  expect(await collect(own)).toMatchObject({ text: "own\n", end: { exitCode: 4 } });
  own.close();
  expect(await bide.commands("s")).toMatchObject([
    { seq: 1, cwd: box.root, exitCode: 3, run: true, source: "bide" },
    { seq: 2, cwd: "/usr", exitCode: 0, text: "printf %s 'a  b'" },
  ]);
  await expect(bide.run("nobody", "true")).rejects.toMatchObject({ code: "session_not_found", exitCode: 3 });
  bide.close();
});

needs("bash")("a run that is given up while it waits for its turn, it is never run", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const bide = await library(box);
  const first = await bide.run("s", "read line");
  const given = new AbortController();
  const waiting = bide.run("s", "echo never", { signal: given.signal });
  given.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(bide.run("s", "echo never", { signal: given.signal })).rejects.toThrow("enough");
  await box.type("s", "\r");
  await collect(first);
  first.close();
  const next = await bide.run("s", "echo next");
  expect(await collect(next)).toMatchObject({ text: "next\n" });
  next.close();
  expect(await bide.commands("s")).toMatchObject([{ text: "read line" }, { text: "echo next" }]);
  bide.close();
});

needs("bash")("the worker killed during a run, 69; the host killed, the run goes on", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const client = box.spawn(["run", "s", "--", "echo begun; read line; echo got $line"]);
  await client.says("begun");
  process.kill((await box.json(["status"])).host.pid, "SIGKILL");
  await box.type("s", "it\r");
  expect(await client.finished).toMatchObject({ code: 0, stdout: "begun\nit\ngot it\n" });
  const { worker_pid } = await box.start("t", ["bash"]);
  const lost = box.spawn(["run", "t", "--", "echo begun; cat"]);
  await lost.says("begun");
  process.kill(worker_pid ?? 0, "SIGKILL");
  expect((await lost.finished).code).toBe(69);
  expect((await run(box, ["echo still"])).stdout).toBe("still\n");
});
