// Issue 5, "100 parallel calls, no lost id": a hundred calls at once, of kinds that make panes, windows and options. Each
// pane has an id of its own and each call that said it worked is found again, also when the host is killed in the middle.

import { expect, setDefaultTimeout, test } from "bun:test";
import { amount } from "../support/amounts.ts";
import { type Finished, type Sandbox, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(120_000);

const CALLS = amount(18, 100);
/** Enough to have some before, some at, and some after the end of the host. */
const CALLS_AROUND_AN_END = amount(12, 40);

interface Called extends Finished {
  readonly number: number;
  readonly kind: "split" | "window" | "option";
}

/** `split` and `window` print the id of their pane; `option` sets `@callN` to N. */
function call(box: Sandbox, number: number): Promise<Called> {
  const made = ["-d", "-P", "-F", "#{pane_id}"];
  const [kind, args] = (
    [
      ["split", ["split-window", ...made, "-l", "1", "-t", "many:first", "cat"]],
      ["window", ["new-window", ...made, "-t", "many:", "-n", `w${number}`, "cat"]],
      ["option", ["set-option", "-g", `@call${number}`, String(number)]],
    ] as const
  )[number % 3] ?? ["option", []];
  return box.run(["tmux", ...args]).then((finished) => ({ ...finished, number, kind }));
}

const lines = (text: string) => text.split("\n").filter((line) => line !== "");

async function theyAreThere(box: Sandbox, worked: readonly Called[]): Promise<void> {
  const printed = worked.filter(({ kind }) => kind !== "option").map(({ stdout }) => stdout.trim());
  const listed = lines(await box.ok(["tmux", "list-panes", "-a", "-F", "#{pane_id}"]));
  const windows = lines(await box.ok(["tmux", "list-windows", "-t", "many", "-F", "#{window_id} #{window_name}"]));
  const options = await box.ok(["tmux", "show-options", "-g"]);
  expect(new Set(printed).size).toBe(printed.length);
  expect(new Set(listed).size).toBe(listed.length);
  expect(printed.filter((id) => !listed.includes(id))).toEqual([]);
  expect(new Set(windows.map((line) => line.split(" ")[0])).size).toBe(windows.length);
  for (const { kind, number } of worked) {
    if (kind === "window") expect(windows.filter((line) => line.endsWith(` w${number}`))).toHaveLength(1);
    if (kind === "option") expect(options).toContain(`@call${number} ${number}\n`);
  }
}

const first = ["tmux", "new-session", "-d", "-s", "many", "-n", "first", "-x", "200", "-y", "200", "cat"];

test(`${CALLS} calls at once, each pane has an id of its own and nothing is lost`, async () => {
  await using box = sandbox();
  await box.ok(first);
  const called = await Promise.all(Array.from({ length: CALLS }, (_, number) => call(box, number)));
  expect(called.filter(({ code }) => code !== 0)).toEqual([]);
  await theyAreThere(box, called);
  const panes = 1 + called.filter(({ kind }) => kind !== "option").length;
  expect(lines(await box.ok(["tmux", "list-panes", "-a", "-F", "#{pane_id}"]))).toHaveLength(panes);
  expect((await box.json(["list"])).sessions).toHaveLength(panes);
});

test(`the host is killed in the middle of ${CALLS_AROUND_AN_END} calls, what they had said is true and no id comes twice`, async () => {
  await using box = sandbox();
  await box.ok(first);
  const { host } = await box.json(["status"]);
  let answered = 0;
  const called = await Promise.all(
    Array.from({ length: CALLS_AROUND_AN_END }, async (_, number) => {
      const finished = await call(box, number);
      answered += 1;
      if (answered === CALLS_AROUND_AN_END / 4) process.kill(host.pid, "SIGKILL");
      return finished;
    }),
  );
  expect((await box.json(["status"])).host.pid).not.toBe(host.pid);
  // Who was refused was told so, in words.
  for (const { code, stderr } of called.filter((one) => one.code !== 0)) {
    expect(code).toBe(1);
    expect(stderr).not.toBe("");
  }
  await theyAreThere(
    box,
    called.filter(({ code }) => code === 0),
  );
  const again = await Promise.all(Array.from({ length: 6 }, (_, number) => call(box, CALLS + number)));
  expect(again.filter(({ code }) => code !== 0)).toEqual([]);
  await theyAreThere(box, [...called.filter(({ code }) => code === 0), ...again]);
});
