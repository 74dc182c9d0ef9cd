// Control mode: commands in, answers between %begin and %end, what happens in the server told between them, output of panes
// as octal escapes. Compared with what Debian's tmux writes in docs and oracle runs; times and numbers are left out.

import { expect, test } from "bun:test";
import { type RunningBide, sandbox } from "../support/sandbox.ts";

/** Writes a command and gives what was said until its answer ended. */
async function ask(control: RunningBide, command: string): Promise<string[]> {
  await control.type(`${command}\n`);
  return answer(control);
}

async function answer(control: RunningBide): Promise<string[]> {
  const said: string[] = [];
  for (let line = await control.line(); line !== undefined; line = await control.line()) {
    said.push(line.replace(/^(%begin|%end|%error) \d+ \d+/, "$1"));
    if (/^%(?:end|error) /.test(line)) return said;
  }
  throw new Error(`no answer: ${said.join("\n")}`);
}

async function told(control: RunningBide, begin: string): Promise<string> {
  for (let line = await control.line(); line !== undefined; line = await control.line()) {
    if (line.startsWith(begin)) return line;
  }
  throw new Error(`never told: ${begin}`);
}

test("attach, commands, notifications, output and detach", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "new-session", "-d", "-s", "foo", "-n", "main", "-x", "80", "-y", "24", "cat"]);
  const control = box.spawn(["tmux", "-C", "attach-session", "-t", "foo"]);
  expect(await answer(control)).toEqual(["%begin 0", "%end 0"]);
  expect(await control.line()).toBe("%session-changed $0 foo");
  expect(await ask(control, "display-message -p hi")).toEqual(["%begin 1", "hi", "%end 1"]);
  expect(await ask(control, "nosuch")).toEqual(["%begin 1", "parse error: unknown command: nosuch", "%error 1"]);
  expect(await ask(control, "kill-pane -t %9")).toEqual(["%begin 1", "can't find pane: %9", "%error 1"]);
  await control.type("rename-window xx\n");
  expect(await told(control, "%window-renamed")).toBe("%window-renamed @0 xx");
  await control.type("new-window -d -n two cat\n");
  expect(await told(control, "%window-add")).toBe("%window-add @1");
  await control.type("select-window -t :1\n");
  expect(await told(control, "%session-window-changed")).toBe("%session-window-changed $0 @1");
  await control.type("send-keys -t %0 'a\\\\b' Enter\n");
  expect(await told(control, "%output")).toStartWith("%output %0 a\\134\\134b");
  await control.type("split-window -d -t :1 cat\n");
  expect(await told(control, "%layout-change")).toMatch(
    /^%layout-change @1 [0-9a-f]{4},80x24,\S+ [0-9a-f]{4},80x24,\S+ \*$/,
  );
  await box.ok(["tmux", "new-session", "-d", "-s", "bar", "cat"]);
  expect(await told(control, "%sessions-changed")).toBe("%sessions-changed");
  await control.type("refresh-client -C 100x30\n");
  expect(await told(control, "%layout-change")).toContain("100x30");
  await control.type("detach\n");
  expect(await told(control, "%exit")).toBe("%exit");
  expect((await control.finished).code).toBe(0);
}, 30_000);

test("-CC, a sequence before everything and one behind it", async () => {
  await using box = sandbox();
  const control = box.spawn(["tmux", "-CC", "new-session", "-s", "x", "cat"]);
  await control.says("%session-changed $0 x");
  await control.type("\n");
  const { stdout } = await control.finished;
  expect(stdout.startsWith("\x1bP1000p%begin ")).toBe(true);
  expect(stdout.endsWith("%exit\n\x1b\\")).toBe(true);
}, 30_000);

test("a subscription, told when its value changes", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "new-session", "-d", "-s", "foo", "-n", "one", "cat"]);
  const control = box.spawn(["tmux", "-C", "attach-session", "-t", "foo"]);
  await told(control, "%session-changed");
  await control.type("refresh-client -B 'name::#{window_name}'\n");
  expect(await told(control, "%subscription-changed")).toBe("%subscription-changed name $0 - - - : one");
  await control.type("rename-window two\n");
  expect(await told(control, "%subscription-changed")).toBe("%subscription-changed name $0 - - - : two");
}, 30_000);
