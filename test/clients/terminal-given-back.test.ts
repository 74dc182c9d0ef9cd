// Fault C7: however an attach ends, the terminal is as it was found: its settings to the last bit (as stty tells them)
// and every mode that the program switched on is off again. The same shell says the settings before and after, in
// one window.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Session } from "../../src/protocol/session.ts";
import { screenState } from "../../src/terminal/read-out.ts";
import type { Screen } from "../../src/terminal/screen.ts";
import { gone } from "../lifecycle/processes.ts";
import { SIZE, TerminalWindow } from "../lifecycle/terminal-window.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { describe } from "../support/screen-equality.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

const PROGRAM = resolve(import.meta.dir, "../programs/switch-everything-on.sh");
/** Unusual settings, so that "as found" is more than "as usual". */
const SETTINGS = "stty -ixon intr ^X; stty -a > before";
const CLIENT = 'echo $$ > client; exec "$0" "$@"';
const ATTACH = `"$@"; code=$?; stty -a > after; printf 'code=%s.' "$code"; read line`;

/** The window has a title and an icon name, and others put away, before anybody attaches. */
const OWN_TITLES = "\x1b]0;put away\x07\x1b[22;0t\x1b]2;my own\x07\x1b]1;my icon\x07";

/** Of a flood: it has begun for everybody. */
const MUCH = 300_000;

/** What attaching may change of a terminal: what it shows. A saved cursor is anybody's to overwrite. */
const SHOWN = /cursor$| line \d+$| lines$|^joins$/;

function start(box: Sandbox): Promise<Session> {
  return box.start("demo", [PROGRAM], ["--size", "80x24"]);
}

/** A shell attaches in a new window, `leave` ends that, and everything is as it was. */
async function expectGivenBack(
  box: Sandbox,
  leave: (window: TerminalWindow, client: number) => unknown,
  { code, farewell }: { code: number; farewell: string },
): Promise<void> {
  await using window = sitDown(box);
  const before = state(window.screen);
  await window.shows("everything is on");
  expect(state(window.screen)).not.toEqual(before);
  await leave(window, clientOf(box));
  await window.shows(`code=${code}.`);
  expect(window.text).toContain(farewell);
  const settings = readFileSync(join(box.root, "before"), "utf8");
  expect(settings).toContain("intr = ^X");
  expect(readFileSync(join(box.root, "after"), "utf8")).toBe(settings);
  expect(state(window.screen)).toEqual(before);
}

function sitDown(box: Sandbox, script = ATTACH): TerminalWindow {
  const argv = ["sh", "-c", `${SETTINGS}\n${script}`, "sh", "sh", "-c", CLIENT, BIDE, "attach", "demo"];
  const window = new TerminalWindow(argv, { env: box.env, cwd: box.root });
  window.screen.write(Buffer.from(OWN_TITLES));
  return window;
}

/** The client says what is to be undone for it before it says anything of its size. */
async function willIsMade(box: Sandbox, window: TerminalWindow): Promise<void> {
  for (const rows of [SIZE.rows - 1, SIZE.rows]) {
    window.tellSize(rows);
    await box.event("demo", (event) => event.event === "resized" && event.rows === rows);
  }
}

/** A window with a shell in it that has job control. */
function shell(box: Sandbox): TerminalWindow {
  const env = { ...box.env, PS1: "shell> ", BIDE };
  return new TerminalWindow(["bash", "--norc", "--noprofile", "-i"], { env, cwd: box.root });
}

function mouse(window: TerminalWindow): boolean {
  return screenState(window.screen).modes.mouse !== "none";
}

function clientOf(box: Sandbox): number {
  return Number(readFileSync(join(box.root, "client"), "utf8"));
}

function state(screen: Screen): object {
  const kept = [...describe(screen)].filter(([key]) => !SHOWN.test(key));
  // Modes that were never switched on are remembered as off, or not at all.
  return Object.fromEntries(kept.map(([key, value]) => [key, value.replace(/\[\d+,false\],?/g, "")]));
}

test("a client killed with -9, its worker gives the terminal back: settings, modes, and a title that is half printed", async () => {
  await using box = shared();
  await start(box);
  await using window = sitDown(box, '"$@"; read line; stty -a > after; echo "line=$line."; read line');
  const before = state(window.screen);
  await window.shows("everything is on");
  await willIsMade(box, window);
  process.kill(clientOf(box), "SIGKILL");
  const differs = () => JSON.stringify(state(window.screen)) !== JSON.stringify(before);
  await window.until(
    () => !differs(),
    () => JSON.stringify([state(window.screen), before], null, 1),
  );
  window.type("typed\r");
  await window.shows("line=typed.");
  expect(readFileSync(join(box.root, "after"), "utf8")).toBe(readFileSync(join(box.root, "before"), "utf8"));
});

test("a client killed with -9 in a flood of colours, the shell has its terminal back with its keys and without a mouse", async () => {
  await using box = shared();
  const flood = "printf '\\033[?1000hready'; read -r _; while :; do printf '\\033[3%dm%s' 1 red 2 green 4 blue; done";
  await box.start("demo", ["sh", "-c", flood]);
  await using window = shell(box);
  window.type("sh -c 'echo $$ > client; exec $BIDE attach demo'\r");
  await window.shows("ready");
  await willIsMade(box, window);
  window.type("\r");
  await window.until(
    () => window.received > MUCH,
    () => "the flood has not begun",
  );
  process.kill(clientOf(box), "SIGKILL");
  await window.until(
    () => !mouse(window),
    () => "the mouse is on still",
  );
  window.type("echo $((6 * 7)) is read as a line\r");
  await window.shows("42 is read as a line");
});

test("a stopped client killed with -9, the program that has come to the foreground keeps its terminal as it is", async () => {
  await using box = shared();
  await box.start("demo", ["sh", "-c", "printf '\\033[?1000hready'; exec cat"]);
  await using window = shell(box);
  window.type("sh -c 'echo $$ > client; exec $BIDE attach demo'\r");
  await window.shows("ready");
  process.kill(clientOf(box), "SIGSTOP");
  await window.shows(/Stopped[\s\S]*shell>/);
  window.type("printf '\\033[?1000hmine%s' ...; cat\r");
  await window.shows("mine...");
  process.kill(clientOf(box), "SIGKILL");
  await box.event("demo", ({ event }) => event === "detached");
  window.type("it reads\r");
  await window.shows("it reads\nit reads");
  expect(mouse(window)).toBe(true);
});

test("detached by a key, by a command or by a signal, the terminal is as it was found and the session goes on", async () => {
  await using box = shared();
  const { child_pid } = await start(box);
  const farewell = "[detached from demo]";
  await expectGivenBack(box, (window) => window.type("\x1c"), { code: 0, farewell });
  await expectGivenBack(box, () => box.ok(["detach", "demo"]), { code: 0, farewell });
  const signals = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;
  for (const [signal, code] of Object.entries(signals)) {
    await expectGivenBack(box, (_window, client) => process.kill(client, signal), { code, farewell });
  }
  const session = await box.session("demo");
  expect(session).toMatchObject({ state: "running", child_pid, attached_clients: 0 });
});

test("the program ends by itself or is killed, the terminal is as it was found and the code is the program's", async () => {
  await using box = sandbox();
  await start(box);
  await expectGivenBack(box, (window) => window.type("7\r"), { code: 7, farewell: "[demo ended: exit 7]" });
  await start(box);
  await expectGivenBack(box, () => box.ok(["kill", "demo"]), { code: 137, farewell: "[demo ended: SIGKILL]" });
});

test("the worker killed with -9, the terminal is as it was found and the code is 69", async () => {
  await using box = sandbox();
  const { worker_pid } = await start(box);
  const kill = () => process.kill(worker_pid ?? 0, "SIGKILL");
  await expectGivenBack(box, kill, { code: 69, farewell: "[lost demo: " });
});

test("the window closed, the client ends and the session goes on without it", async () => {
  await using box = shared();
  const { child_pid } = await start(box);
  await using window = sitDown(box);
  await window.shows("everything is on");
  const client = clientOf(box);
  await window.close();
  await gone(client);
  await box.event("demo", (event) => event.event === "detached");
  const session = await box.session("demo");
  expect(session).toMatchObject({ state: "running", child_pid, attached_clients: 0 });
});
