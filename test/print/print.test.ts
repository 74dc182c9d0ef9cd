// `bide print`: text of somebody else in a session, on lines of its own, kept and restored like output, while the
// program sees nothing and goes on in its own line.

import { expect, setDefaultTimeout, test } from "bun:test";
import { needs } from "../support/needs.ts";
import { type Sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Prints `before`, then `after` once a line was typed, then waits for another. */
async function started(box: Sandbox, before: string, after = ""): Promise<void> {
  const program = `stty -echo; printf '${before}'; printf '\\033]0;ready\\007'; read line; printf '${after}'; printf '\\033]0;done\\007'; read line`;
  await box.start("p", ["sh", "-c", program], ["--size", "30x8"]);
  await box.printed("p", "ready\x07");
}

async function screen(box: Sandbox): Promise<string[]> {
  const { lines } = await box.json(["screen", "p"]);
  return lines.map(({ text }: { text: string }) => text);
}

async function goOn(box: Sandbox): Promise<void> {
  await box.type("p", "\r");
  await box.printed("p", "done\x07");
}

test("a prompt with half a command, the text above it, the cursor and the colour where they were", async () => {
  await using box = shared();
  await started(box, "first\\n\\033[1;31mprompt> ls", " -l");
  const before = await box.json(["screen", "p"]);
  const answer = await box.json(["print", "p", "hello", "there"]);
  expect(answer).toMatchObject({ schema_version: 1, shown: true, offset: expect.any(Number) });
  const after = await box.json(["screen", "p"]);
  expect(await screen(box)).toEqual(["first", "hello there", "prompt> ls", "", "", "", "", ""]);
  expect(after.cursor).toEqual({ ...before.cursor, row: 2 });
  expect(after.lines[1].runs ?? []).toEqual([]);
  await goOn(box);
  const last = (await box.json(["screen", "p"])).lines[2];
  expect(last.text).toBe("prompt> ls -l");
  // One style from the first to the last character: the pen came back.
  expect(last.runs).toHaveLength(1);
  expect(await box.ok(["logs", "p"])).toBe("first\nhello there\nprompt> ls -l\n");
  const printed = await box.event("p", ({ event }) => event === "printed");
  expect(printed).toMatchObject({ offset: answer.offset, length: expect.any(Number) });
});

test("an empty line, no line is left blank; at the bottom the screen scrolls; several lines in order", async () => {
  await using box = shared();
  await started(box, "1\\n2\\n3\\n4\\n5\\n6\\n7\\n");
  expect(await box.ok(["print", "p"], { input: "a\nb\n" })).toBe("");
  expect(await screen(box)).toEqual(["3", "4", "5", "6", "7", "a", "b", ""]);
  expect(await box.ok(["history", "p"])).toBe("1\n2\n3\n4\n5\n6\n7\na\nb\n");
  await box.ok(["print", "p", ""]);
  expect(await screen(box)).toEqual(["4", "5", "6", "7", "a", "b", "", ""]);
});

test("a line that goes over two rows, the text below it", async () => {
  await using box = shared();
  await started(box, "0123456789012345678901234567890123456789", "x");
  await box.ok(["print", "p", "hello"]);
  await goOn(box);
  expect((await screen(box)).slice(0, 4)).toEqual(["012345678901234567890123456789", "0123456789", "hello", "x"]);
});

test("line drawing characters, no wrapping and insert mode in force, the text plain and all of them afterwards", async () => {
  await using box = shared();
  await started(box, "\\033(0\\033[?7l\\033[4hqq", "q");
  await box.ok(["print", "p", `quack ${"q".repeat(30)}`]);
  await goOn(box);
  expect((await screen(box)).slice(0, 3)).toEqual([`quack ${"q".repeat(24)}`, "q".repeat(6), "───"]);
  const { modes } = await box.json(["screen", "p"]);
  expect(JSON.stringify(modes)).toContain("insert");
});

test("a full-screen program, the text waits and appears in order when it leaves", async () => {
  await using box = shared();
  await started(box, "shell\\n\\033[?1049hfull screen", "\\033[?1049l");
  const { stderr, code } = await box.run(["print", "p", "one"]);
  expect([code, stderr]).toEqual([0, "the program in p has the whole screen: the text is shown when it leaves\n"]);
  expect(await box.json(["print", "p", "two"])).toMatchObject({ shown: false, offset: null });
  expect((await screen(box)).join("\n")).not.toContain("one");
  await goOn(box);
  await box.printed("p", "two");
  expect((await screen(box)).slice(0, 3)).toEqual(["shell", "one", "two"]);
});

test("a sequence that is half printed, the text after its other half; with none, behind the last byte", async () => {
  await using box = shared();
  await box.start("p", ["sh", "-c", "stty -echo; printf 'a\\033]0;never'; read line; printf '\\007b'; read line"]);
  await box.printed("p", "never");
  expect(await box.json(["print", "p", "text"])).toMatchObject({ shown: false });
  await box.type("p", "\r");
  await box.printed("p", "text");
  expect((await screen(box)).slice(0, 2)).toEqual(["text", "ab"]);
  await box.start("q", ["sh", "-c", "printf 'a\\033]0;'; read line; printf x"]);
  await box.printed("q", "a\x1b]0;");
  expect(await box.json(["print", "q", "last words"])).toMatchObject({ shown: false });
  await box.type("q", "\r");
  await box.event("q", ({ event }) => event === "exited");
  expect(await box.ok(["logs", "q"])).toBe("a\nlast words\n");
});

test("the program gets what was typed and nothing else", async () => {
  await using box = shared();
  await box.start("p", ["sh", "-c", 'stty -echo; echo ready; read line; echo "got <$line>"; read line']);
  await box.printed("p", "ready");
  await box.ok(["print", "p", "not for you"]);
  await box.type("p", "typed\r");
  await box.printed("p", "got <typed>");
});

test("hostile text, nothing but its letters is printed", async () => {
  await using box = shared();
  await started(box, "$ ");
  const { offset } = await box.json(["print", "p", "a\x1b[2Jb\x1b]0;title\x07c\x9b31md\u202ee\x1bP"]);
  const raw = (await box.ok(["logs", "p", "--raw"])).slice(offset);
  expect(raw.replaceAll("\x1b[m", "").replaceAll("\x1b[J", "")).toBe("\rabcd\\u202ee\r\n$ ");
});

test("clients that are attached see it at once, and later ones in their replay", async () => {
  await using box = shared();
  await started(box, "$ ");
  const watching = box.spawn(["attach", "p", "-r"]);
  await watching.says("$ ");
  await box.ok(["print", "p", "hello"]);
  await watching.says("hello\r\n$ ");
  const later = box.spawn(["attach", "p", "-r"]);
  await later.says("hello\r\n$ ");
});

test("flags and sessions that do not fit, each with its code", async () => {
  await using box = shared();
  expect((await box.run(["print", "nobody", "x"])).code).toBe(3);
  await box.start("p", ["true"]);
  await box.event("p", ({ event }) => event === "exited");
  expect((await box.run(["print", "p", "x"])).code).toBe(4);
  expect((await box.run(["print"])).code).toBe(2);
  expect((await box.run(["print", "p"], { input: "x".repeat(70_000) })).code).toBe(2);
  await box.start("full", ["sh", "-c", "printf '\\033[?1049h'; read line"]);
  await box.printed("full", "\x1b[?1049h");
  const text = "x".repeat(60_000);
  for (let round = 0; round < 4; round += 1) expect((await box.run(["print", "full"], { input: text })).code).toBe(0);
  const { code, stderr } = await box.run(["print", "full"], { input: text });
  expect(code).toBe(75);
  expect(stderr).toContain("already wait");
});

needs("bash")("a shell's prompt while it edits a line, the command is run as it was typed", async () => {
  await using box = shared();
  await box.start("p", ["bash", "--norc", "--noprofile"], ["--env", "PS1=prompt% ", "--size", "60x10"]);
  await box.printed("p", "prompt% ");
  await box.type("p", "echo one two");
  await box.printed("p", "echo one two");
  await box.ok(["print", "p", "from outside"]);
  await box.ok(["send", "p", "--key", "Left", "--key", "Left", "--key", "Left", "3"]);
  await box.type("p", "\r");
  await box.printed("p", "one 3two\r\n");
  expect((await screen(box)).slice(0, 4)).toEqual(["from outside", "prompt% echo one 3two", "one 3two", "prompt%"]);
});
