// What a program asks its terminal while clients come: every question has exactly one answer, given by the worker
// until a client's terminal sees the question, and by that terminal from then on.

import { expect, setDefaultTimeout, test } from "bun:test";
import { resolve } from "node:path";
import { amount } from "../support/amounts.ts";
import { sandbox } from "../support/sandbox.ts";
import { attachWindow } from "./bide-commands.ts";
import type { TerminalWindow } from "./terminal-window.ts";

setDefaultTimeout(60_000);

const ASKS = resolve(import.meta.dir, "../programs/ask-again-and-again.sh");

const QUESTIONS = amount(40, 100);
const OPENED = amount(2, 5);

test("clients that come one after the other while a program asks, each question answered exactly once", async () => {
  await using box = sandbox();
  await box.start("x", [ASKS, String(QUESTIONS)], ["--size", "80x24"]);
  await using windows = new AsyncDisposableStack();
  const seats: TerminalWindow[] = [];
  // An observer's terminal must not answer, an owner's must, and a second one's must not.
  for (const flags of [["--read-only"], [], []]) {
    const seat = windows.use(attachWindow(box, "x", ...flags));
    seats.push(seat);
    await seat.until(
      () => seat.received > 0,
      () => "nothing was shown",
    );
  }
  for (const seat of seats) await seat.shows(`answered ${QUESTIONS}, then 0 bytes more.`);
  expect(await box.ok(["screen", "x"])).not.toContain("strange");
});

test(`a program that asks as soon as it starts, opened ${OPENED} times, its answers arrive whoever gives them`, async () => {
  await using box = sandbox();
  await using windows = new AsyncDisposableStack();
  for (let round = 0; round < OPENED; round += 1) {
    await box.start(`x${round}`, [ASKS, "3"], ["--size", "80x24"]);
    const seat = windows.use(attachWindow(box, `x${round}`));
    await seat.shows("answered 3, then 0 bytes more.");
  }
});

test("an observer alone, the worker answers", async () => {
  await using box = sandbox();
  await box.start("x", ["sh", "-c", `read go; exec ${ASKS} 5`], ["--size", "80x24"]);
  await using seat = attachWindow(box, "x", "--read-only");
  await seat.until(
    () => seat.received > 0,
    () => "nothing was shown",
  );
  await box.type("x", "\r");
  await seat.shows("answered 5, then 0 bytes more.");
});
