// `bide compose`: a session's text and a line to write to it, on a terminal of any size, without ever being attached.
// The person's terminal is a session of its own, so its screen can be looked at.

import { expect, setDefaultTimeout, test } from "bun:test";
import { BIDE, type Sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** A program that answers lines, and `bide compose` of it on a narrow terminal; then `over CODE` and `icanon`. */
async function composing(box: Sandbox, ...flags: string[]): Promise<void> {
  const program = 'stty -echo; echo ready; while read -r line; do echo "got <$line>"; done; exit 3';
  await box.start("w", ["sh", "-c", program], ["--size", "100x30"]);
  await box.printed("w", "ready");
  const compose = `'${BIDE}' compose w --refresh 50ms ${flags.join(" ")}`;
  const person = `echo outer; ${compose}; echo over $?; stty -a | grep -o ' icanon'; read line`;
  await box.start("me", ["sh", "-c", person], ["--size", "30x8"]);
  await box.printed("me", "\x1b[8H>");
}

async function rows(box: Sandbox): Promise<string[]> {
  const { lines } = await box.json(["screen", "me"]);
  return lines.map(({ text }: { text: string }) => text);
}

test("a message is written and sent, its answer is shown, the session is neither attached nor resized", async () => {
  await using box = shared();
  await composing(box);
  await box.type("me", "hellp\x7fo 漢\x7fx\r");
  await box.printed("me", "got <hello x>");
  const session = await box.session("w");
  expect(session).toMatchObject({ rows: 30, cols: 100, attached_clients: 0, input_owner: null });
  expect(await rows(box)).toEqual(["ready", "got <hello x>", "", "", "", "", "", ">"]);
});

test("long lines, in as many rows as they take; a long message, its end", async () => {
  await using box = shared();
  await composing(box);
  await box.ok(["send", "w", "x".repeat(60), "--enter"]);
  await box.printed("me", `${"x".repeat(5)}>`);
  await box.type("me", "0123456789012345678901234567890123456789");
  await box.printed("me", "3456789\x1b[K");
  const shown = await rows(box);
  expect(shown.slice(0, 4)).toEqual(["ready", `got <${"x".repeat(25)}`, "x".repeat(30), "xxxxx>"]);
  expect(shown[7]).toBe("<2345678901234567890123456789");
});

test("a paste of several lines, one message, sent by Enter and not before", async () => {
  await using box = shared();
  await composing(box);
  await box.type("me", "\x1b[200~one\rtwo\x1b[201~");
  await box.printed("me", "> one⏎two");
  expect(await box.ok(["logs", "w"])).toBe("ready\n");
  await box.type("me", "\r");
  await box.printed("w", "got <two>");
  expect(await box.ok(["logs", "w"])).toBe("ready\ngot <one>\ngot <two>\n");
});

for (const [way, send] of [
  ["Escape", ["--key", "Escape"]],
  ["Ctrl-C", ["--key", "C-c"]],
  ["Ctrl-D", ["--key", "C-d"]],
] as const) {
  test(`${way}, the terminal is as it was and the session goes on`, async () => {
    await using box = shared();
    await composing(box);
    await box.type("me", "unsent");
    await box.ok(["send", "me", ...send]);
    await box.printed("me", " icanon\r\n");
    expect((await rows(box)).slice(0, 3)).toEqual(["outer", "over 0", " icanon"]);
    const { modes } = await box.json(["screen", "me"]);
    expect(modes).toMatchObject({ bracketed_paste: false });
    expect(await box.ok(["logs", "w"])).toBe("ready\n");
  });
}

test("a signal, and a session that ends, the terminal is as it was", async () => {
  await using box = shared();
  await composing(box);
  const { processes } = await box.json(["ps", "me"]);
  const compose = processes.find(
    ({ command }: { command: string }) => / compose w /.test(command) && !/^sh /.test(command),
  );
  process.kill(compose.pid, "SIGTERM");
  await box.printed("me", "over 143\r\n");
  await box.start("again", ["sh", "-c", `'${BIDE}' compose w; echo over $?; read line`], ["--size", "50x8"]);
  await box.printed("again", "\x1b[8H>");
  await box.type("w", "\x04");
  await box.printed("again", "over 0\r\n");
  expect(await box.ok(["logs", "again"])).toContain("[w ended: exit 3]");
});

test("a full-screen program, its screen", async () => {
  await using box = shared();
  await box.start("w", ["sh", "-c", "echo before; printf '\\033[?1049h\\033[2;3Hfull \\033[31mscreen'; read line"]);
  await box.printed("w", "screen");
  expect(await box.ok(["compose", "w", "--once"])).toBe("\n  full screen\n");
});

test("--once, the last lines and then the message; with --no-enter nothing behind it", async () => {
  await using box = shared();
  const program = 'stty -echo; seq 5; while read -r line; do echo "got <$line>"; done';
  await box.start("w", ["sh", "-c", program]);
  await box.printed("w", "5\r\n");
  expect(await box.ok(["compose", "w", "--once", "--message", "half ", "--no-enter", "--tail", "2"])).toBe("4\n5\n");
  expect(await box.json(["mobile", "w", "--once", "--message", "whole", "--tail", "1"])).toMatchObject({
    lines: ["5"],
    sent: true,
  });
  await box.printed("w", "got <half whole>");
});

test("what does not fit, each with its code", async () => {
  await using box = shared();
  await box.start("w", ["cat"]);
  expect((await box.run(["compose", "w"])).code).toBe(1);
  expect((await box.run(["compose", "w", "--json"])).code).toBe(2);
  expect((await box.run(["compose", "nobody", "--once"])).code).toBe(3);
  const attached = box.spawn(["attach", "w"]);
  await box.event("w", ({ event }) => event === "attached");
  expect((await box.run(["compose", "w", "--once", "--message", "x"])).code).toBe(5);
  expect((await box.run(["compose", "w", "--once", "--message", "x", "--force"])).code).toBe(0);
  await attached.end();
  await box.kill("w");
  expect((await box.run(["compose", "w", "--once"])).code).toBe(4);
});
