import { expect, test } from "bun:test";
import { FRAME } from "../../src/protocol/frames.ts";
import { Seat } from "./seat.ts";

const MODES = "\x1b[?1049h\x1b[?1002;1006h\x1b[?2004h\x1b[?25l\x1b[>1u\x1b]11;#000\x07";
const UNDONE = ["\x1b[<1u", "\x1b[?1049l", "\x1b[?1002;1006;2004l", "\x1b[?25h", "\x1b]111\x1b\\"];

test("a session attached, its replay and output are shown and keys arrive", async () => {
  using seat = new Seat({}, (worker) => {
    worker.replay = "\x1b[H\x1b[Jold screen ";
  });
  await seat.shows("old screen ");
  const attach = JSON.parse(seat.worker.received.find(({ type }) => type === FRAME.attach)?.text ?? "");
  expect(attach).toMatchObject({ rows: 24, cols: 80, read_only: false });
  seat.worker.output("live ");
  await seat.shows("live ");
  seat.type("ls\r\x03\x1a\x11\x13\x16\x7f");
  await seat.worker.until(() => seat.worker.typed.length === 9);
  expect(seat.worker.typed).toBe("ls\r\x03\x1a\x11\x13\x16\x7f");
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
});

test("the detach key after other keys, those arrive, it says so, and the terminal is as it was", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output("$ prompt");
  await seat.shows("prompt");
  seat.type("abc\x1cdef");
  expect(await seat.over()).toBe(0);
  expect(seat.worker.typed).toBe("abc");
  expect(seat.worker.received.at(-1)?.type).toBe(FRAME.detach);
  expect(seat.written).toBe("\x1b[22;0t$ prompt\x1b[23;0t\r\n[detached from demo]\r\n");
});

test("modes switched on by the program, detaching undoes them in the terminal", async () => {
  using seat = new Seat({ detachKey: "ctrl-b d" });
  await seat.worker.live();
  seat.worker.output(`${MODES}full screen`);
  await seat.shows("full screen");
  seat.type("\x1c\x02d");
  expect(await seat.over()).toBe(0);
  expect(seat.worker.typed).toBe("\x1c");
  const undone = seat.written.slice(seat.written.indexOf("full screen"));
  for (const sequence of UNDONE) expect(undone).toContain(sequence);
  expect(undone).not.toContain("\x1bc");
  expect(undone).toEndWith("\r\n[detached from demo]\r\n");
});

test("text below the cursor, the farewell stands below the session's last line", async () => {
  using seat = new Seat({}, (worker) => {
    worker.lines = ["one", "two", "three", ""];
  });
  await seat.worker.live();
  seat.worker.output("one\r\ntwo\r\nthree\x1b[H");
  await seat.shows("three");
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
  expect(seat.written).toEndWith("\x1b[H\x1b[23;0t\x1b[4;1H[detached from demo]\r\n");
});

test("the program ends, its last output is shown and its code is ours", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output(`${MODES}bye\x1b[?1049l`);
  seat.worker.exit(3);
  expect(await seat.over()).toBe(3);
  expect(seat.written).toContain("bye");
  expect(seat.written).toEndWith("[demo ended: exit 3]\r\n");
});

test("the program is killed, the signal is said and the code is 128 + 9", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.exit(null, "SIGKILL");
  expect(await seat.over()).toBe(137);
  expect(seat.written).toEndWith("[demo ended: SIGKILL]\r\n");
});

test("the worker dies, the terminal is given back and the code is 69", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output(`${MODES}x`);
  await seat.shows("x");
  seat.worker.die();
  expect(await seat.over()).toBe(69);
  for (const sequence of UNDONE) expect(seat.written).toContain(sequence);
  expect(seat.written).toContain("[lost demo: ");
});

test.each([
  ["SIGINT", 130],
  ["SIGHUP", 129],
  ["SIGTERM", 143],
] as const)("%s, the terminal is given back and the code is %d", async (signal, code) => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output(`${MODES}\x1b]2;half a title`);
  await seat.shows("half a title");
  process.kill(seat.clientPid, signal);
  expect(await seat.over()).toBe(code);
  const undone = seat.written.slice(seat.written.indexOf("half a title"));
  expect(undone).toStartWith("half a title\x1b\\");
  for (const sequence of UNDONE) expect(undone).toContain(sequence);
  expect(undone).toEndWith("[detached from demo]\r\n");
});

test("a crash of the client, the terminal is given back and the code is 70", async () => {
  using seat = new Seat({ crashes: true });
  await seat.worker.live();
  seat.worker.output(`${MODES}x`);
  await seat.shows("x");
  process.kill(seat.clientPid, "SIGUSR2");
  expect(await seat.over()).toBe(70);
  for (const sequence of UNDONE) expect(seat.written).toContain(sequence);
  expect(seat.written).toContain("crashed on purpose");
});

test("detached by somebody else, it ends with 0", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.json(FRAME.detached, { reason: "requested" });
  expect(await seat.over()).toBe(0);
  expect(seat.written).toEndWith("[detached from demo]\r\n");
});

test("an observer, its keys go nowhere and it can leave", async () => {
  using seat = new Seat({ readOnly: true });
  await seat.worker.live();
  seat.worker.output("watch");
  await seat.shows("watch");
  seat.type("rm -rf\r\x1c");
  expect(await seat.over()).toBe(0);
  expect(seat.worker.typed).toBe("");
});

test("raw, the detach key is a key like any other", async () => {
  using seat = new Seat({ raw: true });
  await seat.worker.live();
  seat.type("\x1c\x1b");
  await seat.worker.until(() => seat.worker.typed.length === 2);
  expect(seat.worker.typed).toBe("\x1c\x1b");
  seat.worker.exit(0);
  expect(await seat.over()).toBe(0);
});

test("the window changes, the session is told its new size once", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output("x");
  await seat.shows("x");
  seat.pty.resize({ rows: 30, cols: 100, xpixel: 1000, ypixel: 600 });
  await seat.worker.until(() => seat.worker.count(FRAME.resize) > 0);
  const resize = seat.worker.received.find(({ type }) => type === FRAME.resize);
  expect(JSON.parse(resize?.text ?? "")).toEqual({ rows: 30, cols: 100, xpixel: 1000, ypixel: 600 });
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
  expect(seat.worker.count(FRAME.resize)).toBe(1);
});

test("switched to another session, the terminal stays raw and shows that one", async () => {
  using seat = new Seat({ switched: "other" });
  await seat.worker.live();
  seat.worker.output(`${MODES}first`);
  await seat.shows("first");
  seat.worker.replay = "second";
  seat.worker.json(FRAME.detached, { reason: "switched", switch_to: "22222222-2222-4333-8444-555555555555" });
  await seat.shows("second");
  for (const sequence of UNDONE) expect(seat.written).toContain(sequence);
  expect(seat.written).not.toContain("[detached");
  seat.type("x");
  await seat.worker.until(() => seat.worker.typed === "x");
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
  expect(seat.written).toEndWith("[detached from demo]\r\n");
});

test("a raw replay with questions in it, they are not asked again", async () => {
  using seat = new Seat({ replay: "raw" }, (worker) => {
    worker.replay = "a\x1b[cb\x1b[6nc\x1b]11;?\x07d\x1bP$qm\x1b\\e\x1b[?2026$pf\x1b[>qg\x1b[18th\x1b]11;#123\x07!";
  });
  await seat.shows("!");
  const shown = seat.written.replaceAll("\x1b\\", "");
  expect(shown).toEndWith("abcdefgh\x1b]11;#123\x07!");
  seat.worker.output("\x1b[clive");
  await seat.shows("\x1b[clive");
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
});

test("the client stopped and continued, its terminal is raw again and the program is asked to redraw", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output("x");
  await seat.shows("x");
  process.kill(seat.clientPid, "SIGSTOP");
  process.kill(seat.clientPid, "SIGCONT");
  await seat.worker.until(() => seat.worker.count(FRAME.resize) === 2);
  expect(
    seat.worker.received.filter(({ type }) => type === FRAME.resize).map(({ text }) => JSON.parse(text).rows),
  ).toEqual([23, 24]);
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
});

test("a terminal that takes nothing, memory stays bounded and the detach key works", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output("start");
  await seat.shows("start");
  const before = seat.clientPeak;
  seat.pty.pause();
  const chunk = "x".repeat(64 * 1024);
  for (let sent = 0; sent < 1024; sent += 1) seat.worker.output(chunk);
  // The worker hears of this key only after the client had the chance to read all 64 MiB.
  seat.type("k");
  await seat.worker.until(() => seat.worker.typed === "k");
  seat.type("\x1c");
  await seat.worker.until(() => seat.worker.count(FRAME.detach) > 0);
  expect(seat.clientPeak - before).toBeLessThan(16 * 1024);
  seat.pty.resume();
  expect(await seat.over()).toBe(0);
  expect(seat.written.length).toBeLessThan(3 * 1024 * 1024);
});

test("a paste of a megabyte of text in many alphabets, every byte arrives in order", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output("x");
  await seat.shows("x");
  const text = Buffer.from("Zeile \u00e4\u00f6 \u4f60\u597d \u{1f600} line\r".repeat(30_000)).toString("latin1");
  const paste = `\x1b[200~${text}\x1b[201~`;
  for (let at = 0; at < paste.length; at += 4096) {
    const piece = Buffer.from(paste.slice(at, at + 4096), "latin1");
    while (!seat.pty.write(piece)) await new Promise<void>((room) => seat.pty.whenRoom(piece.length, room));
  }
  await seat.worker.until(() => seat.worker.typed.length >= paste.length);
  expect(seat.worker.typed === paste).toBe(true);
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
});

test("the terminal is closed, the client leaves without being told", async () => {
  using seat = new Seat();
  await seat.worker.live();
  seat.worker.output("x");
  await seat.shows("x");
  seat.pty.close();
  await seat.worker.until(() => seat.worker.closed);
});

test("the worker refuses, the terminal is as it was", async () => {
  using seat = new Seat({ status: {} }, (worker) => {
    worker.refusal = { code: "session_ended", message: "session demo has ended" };
  });
  expect(await seat.over()).toBe(1);
  expect(seat.written).toContain("session demo has ended");
  for (const change of ["\x1b[r", "\x1b[1;23r", "\x1b7", "running"]) expect(seat.written).not.toContain(change);
});

test("answers of the terminal during the replay, they stay here and keys do not", async () => {
  using seat = new Seat({}, (worker) => {
    worker.holdLive = true;
    worker.replay = "old";
  });
  await seat.shows("old");
  seat.type("a\x1b[?62;22cb\x1b[5;7Rc");
  await seat.worker.until(() => seat.worker.typed.length >= 3);
  seat.worker.goLive();
  seat.worker.output("live");
  await seat.shows("live");
  seat.type("\x1b[0n.");
  await seat.worker.until(() => seat.worker.typed.endsWith("."));
  expect(seat.worker.typed).toBe("abc\x1b[0n.");
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
});

test("a status row, the session has one row less and the row says who owns it", async () => {
  using seat = new Seat({ status: { theme: "green" } });
  await seat.worker.live();
  const attach = JSON.parse(seat.worker.received.find(({ type }) => type === FRAME.attach)?.text ?? "");
  expect(attach).toMatchObject({ rows: 23, cols: 80 });
  await seat.shows("demo  running  1 client  owner");
  expect(seat.written).toContain("\x1b[1;23r");
  seat.worker.json(FRAME.event, { event: "owner_changed", client_id: "somebody-else" });
  await seat.shows("1 client  guest");
  seat.worker.output("\x1b[?1049h");
  await seat.worker.until(() => seat.worker.count(FRAME.resize) === 1);
  seat.worker.output("\x1b[?1049l");
  await seat.worker.until(() => seat.worker.count(FRAME.resize) === 2);
  const rows = seat.worker.received
    .filter(({ type }) => type === FRAME.resize)
    .map(({ text }) => JSON.parse(text).rows);
  expect(rows).toEqual([24, 23]);
  seat.type("\x1c");
  expect(await seat.over()).toBe(0);
  expect(seat.written).toContain("\x1b[r\x1b[24;1H\x1b[m\x1b[2K");
});
