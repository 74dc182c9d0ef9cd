import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FRAME } from "../../src/protocol/frames.ts";
import { FakeWorker, SESSION } from "./fake-worker.ts";

/** The attach program between pipes instead of at a terminal. */
function plumb(prepare: (worker: FakeWorker) => void = () => {}, stdin: "pipe" | "ignore" = "pipe") {
  const directory = mkdtempSync(join(tmpdir(), "bide-pipe-"));
  const worker = new FakeWorker(join(directory, "worker.sock"));
  prepare(worker);
  const json = JSON.stringify({ session: SESSION, pidFile: join(directory, "pid") });
  const program = join(import.meta.dir, "attach-program.ts");
  const child = Bun.spawn([process.execPath, program, worker.path, json], { stdin, stdout: "pipe", stderr: "pipe" });
  return {
    worker,
    child,
    [Symbol.dispose]() {
      worker.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

test("text piped in, all of it is delivered before its end detaches with 0", async () => {
  using pipe = plumb((worker) => {
    worker.replay = "old ";
  });
  const typed = `${"a line of input\n".repeat(200_000)}last`;
  pipe.child.stdin?.write(typed);
  pipe.child.stdin?.end();
  expect(await pipe.child.exited).toBe(0);
  expect(pipe.worker.typed === typed).toBe(true);
  expect(pipe.worker.received.at(-1)?.type).toBe(FRAME.detach);
  expect(await textOf(pipe.child.stdout)).toBe("old ");
  expect(await textOf(pipe.child.stderr)).toBe("");
  const attach = JSON.parse(pipe.worker.received.find(({ type }) => type === FRAME.attach)?.text ?? "");
  expect(attach.sized).toBe(false);
});

test("nothing to read on standard input, the replay is shown all the same", async () => {
  using pipe = plumb((worker) => {
    worker.replay = "screen";
  }, "ignore");
  expect(await pipe.child.exited).toBe(0);
  expect(await textOf(pipe.child.stdout)).toBe("screen");
});

test("the program ends, every byte that it printed comes out and its code is ours", async () => {
  using pipe = plumb();
  await pipe.worker.live();
  const lines = "0123456789abcdef\r\n".repeat(60_000);
  for (let at = 0; at < lines.length; at += 60_000) pipe.worker.output(lines.slice(at, at + 60_000));
  pipe.worker.exit(7);
  expect((await textOf(pipe.child.stdout)) === lines).toBe(true);
  expect(await pipe.child.exited).toBe(7);
});

test("standard output closed early, it is a normal end without a trace", async () => {
  using pipe = plumb();
  await pipe.worker.live();
  await pipe.child.stdout.cancel();
  while (pipe.child.exitCode === null && pipe.worker.count(FRAME.detach) === 0) {
    pipe.worker.output("more\r\n");
    await Promise.race([pipe.child.exited, new Promise(setImmediate)]);
  }
  expect(await pipe.child.exited).toBe(0);
  expect(await textOf(pipe.child.stderr)).toBe("");
});

test("the worker dies, it says so and the code is 69", async () => {
  using pipe = plumb();
  await pipe.worker.live();
  pipe.worker.die();
  expect(await pipe.child.exited).toBe(69);
  expect(await textOf(pipe.child.stderr)).toContain("[lost demo: ");
});
