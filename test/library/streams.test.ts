// `Bide.output` and `Bide.events`: async iterators over what a session prints and what happens to it, across the death
// of the host and of the worker.

import { expect, setDefaultTimeout, test } from "bun:test";
import { type Bide, BideError, connect } from "../../src/client/index.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

async function connected(box: Sandbox): Promise<Bide & AsyncDisposable> {
  const bide = await connect({ env: box.env, command: [BIDE] });
  return Object.assign(bide, { [Symbol.asyncDispose]: async () => bide.close() });
}

async function textOf(bide: Bide, ...options: Parameters<Bide["output"]>): Promise<string> {
  let text = "";
  for await (const { bytes } of bide.output(...options)) text += Buffer.from(bytes).toString();
  return text;
}

test("output from the start, from an offset and from now on, to the end, while the host is killed", async () => {
  await using box = sandbox();
  await box.start("n", ["sh", "-c", "stty -echo -onlcr; printf 'one '; read line; seq 1 20000; printf end"]);
  await box.printed("n", "one ");
  await using bide = await connected(box);
  expect(await textOf(bide, "n", { follow: false })).toBe("one ");
  const reading = [textOf(bide, "n"), textOf(bide, "n", { from: 2 }), textOf(bide, "n", { from: "end" })];
  const numbers = `${Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join("")}end`;
  // Reading from now on has begun once its first question is answered, which this one comes behind.
  const events = bide.events("n");
  expect((await events.next()).value).toMatchObject({ event: "created", seq: 1 });
  process.kill((await box.json(["host", "status"])).host.pid, "SIGKILL");
  await box.type("n", "\r");
  const [all, later, last = ""] = await Promise.all(reading);
  expect(all).toBe(`one ${numbers}`);
  expect(later).toBe(`e ${numbers}`);
  expect(numbers.endsWith(last)).toBe(true);
  const kinds: string[] = [];
  for await (const { event } of events) kinds.push(event);
  expect(kinds).toContain("exited");
  expect(await textOf(bide, "n")).toBe(`one ${numbers}`);
});

test("a reader that stops in the middle, and one of no session", async () => {
  await using box = sandbox();
  await box.start("n", ["yes"]);
  await using bide = await connected(box);
  let bytes = 0;
  for await (const piece of bide.output("n")) {
    expect([piece.offset, piece.missingBytes]).toEqual([bytes, 0]);
    bytes += piece.bytes.length;
    if (bytes > 100_000) break;
  }
  await expect(textOf(bide, "nobody")).rejects.toBeInstanceOf(BideError);
});
