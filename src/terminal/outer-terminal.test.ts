// What a person's terminal is sent: nothing that takes its screen, asks it anything or leaves it in a mode.

import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { cellText } from "./cell.ts";
import { historyText, screenState, screenText } from "./read-out.ts";
import { Screen } from "./screen.ts";
import type { Line } from "./xterm-internals.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const SIZE = { rows: 6, cols: 30 };

function screen(output: string, size = SIZE): Screen {
  const made = new Screen(size);
  made.write(encoder.encode(output));
  return made;
}

/** Another model stands for the terminal: it shows what terminals agree on. */
function attach(session: Screen, terminal: Screen, scrollback = 1000): void {
  terminal.write(session.snapshot({ scrollback, target: "terminal" }));
}

test("a terminal with a shell's text on it, that text goes into its scrollback and the session's screen is drawn", () => {
  const terminal = screen("$ make\r\ndone\r\n$ bide attach x");
  attach(screen("\x1b[1mhello\x1b[m\r\nworld"), terminal);
  expect(screenText(terminal)).toBe("hello\nworld\n");
  expect(historyText(terminal)).toBe("$ make\ndone\n$ bide attach x\nhello\nworld\n");
});

test("a session with lines above its screen, they scroll into the terminal's own scrollback in order", () => {
  const lines = Array.from({ length: 20 }, (_, line) => `line ${line}`);
  const terminal = screen("$ ");
  attach(screen(lines.join("\r\n")), terminal);
  expect(historyText(terminal)).toBe(`$\n${lines.join("\n")}\n`);
  expect(screenText(terminal)).toBe(`${lines.slice(-6).join("\n")}\n`);
});

test("a terminal left in odd modes, it shows the same as a session that never was elsewhere", () => {
  const session = screen("abc\x1b[?1;1000;1006;2004h\x1b[2;4r\x1b[3;2Hdef\x1b[31m");
  const terminal = screen(
    "\x1b[?6;7l\x1b[4h\x1b[?1003;1004;66h\x1b(0\x1b[44;7m\x1b[3;5r\x1b]8;;http://x\x1b\\junk\x1b[?25l",
  );
  terminal.write(session.snapshot({ scrollback: 0, target: "terminal", outer: "replace" }));
  const shown = screenState(terminal);
  const meant = screenState(session);
  expect(shown.lines).toEqual(meant.lines);
  expect(shown.cursor).toEqual(meant.cursor);
  expect(shown.modes).toEqual(meant.modes);
});

test("a program on the alternate screen, the terminal gets both screens and leaving shows the first", () => {
  const session = screen("shell\r\n$ vim\x1b[?1049h\x1b[2Jtext of vim");
  const terminal = screen("");
  attach(session, terminal);
  expect(screenState(terminal).alternate).toBe(true);
  expect(screenText(terminal)).toContain("text of vim");
  for (const each of [session, terminal]) each.write(encoder.encode("\x1b[?1049l!"));
  expect(screenText(terminal)).toBe(screenText(session));
  expect(screenText(terminal)).toBe("shell\n$ vim!\n");
});

test("an alternate screen entered with 47, the terminal gets 1049", () => {
  const sent = decoder.decode(screen("a\x1b[?47hb").snapshot({ scrollback: 10, target: "terminal" }));
  expect(sent).toContain("\x1b[?1049h");
  expect(sent).not.toContain("\x1b[?47h");
});

test("every mode set, the terminal gets no query, no full reset, no synchronized output and only the program's own title", () => {
  const session = screen("\x1b[?2026h\x1b]2;mine\x07\x1b]11;#123456\x07\x1b[>1u\x1b[>4;2m\x1b[?2004h\x1b[5 qtext");
  const sent = decoder.decode(session.snapshot({ scrollback: 10, target: "terminal" }));
  expect(sent).not.toMatch(/\x1bc|\x1b\[[?>=]?\d*[cn]|\$p|\x1b\[\?u|;\?(\x07|\x1b)|\x1b\[(14|16|18)t/);
  expect(sent).not.toContain("2026");
  expect(sent).toContain("\x1b]2;mine\x1b\\");
  expect(sent).not.toContain("\x1b]1;");
  expect(decoder.decode(screen("text").snapshot({ scrollback: 10, target: "terminal" }))).not.toMatch(/\x1b\][12];/);
  expect(sent).toContain("\x1b]11;#123456\x1b\\");
});

test("colours set and reset again, the terminal's are reset too, and left alone when no program touched them", () => {
  expect(decoder.decode(screen("").snapshot({ scrollback: 0, target: "terminal" }))).not.toContain("\x1b]104");
  const session = screen("\x1b]4;1;red\x07\x1b]104\x07");
  expect(decoder.decode(session.snapshot({ scrollback: 0, target: "terminal" }))).toContain("\x1b]104\x1b\\");
});

test("a taller terminal, the session scrolls in its own height at the top", () => {
  const session = screen("1\r\n2\r\n3\r\n4\r\n5\r\n6");
  const terminal = screen("$ ", { rows: 10, cols: 30 });
  terminal.write(session.snapshot({ scrollback: 0, target: "terminal", outerSize: { rows: 10, cols: 30 } }));
  for (const each of [session, terminal]) each.write(encoder.encode("\r\n7"));
  expect(screenText(terminal)).toBe(screenText(session));
});

test("a smaller terminal, it gets the model wrapped anew with the cursor's line in sight", () => {
  const session = screen("1\r\n2\r\n3\r\n4\r\n5\r\na line that is longer");
  const terminal = screen("", { rows: 3, cols: 12 });
  terminal.write(session.snapshot({ scrollback: 0, target: "terminal", outerSize: { rows: 3, cols: 12 } }));
  expect(screenText(terminal).replaceAll("\n", "")).toContain("a line that");
});

test("an unfinished sequence, its bytes come last and the rest of it completes them", () => {
  for (const [head, tail] of [
    ["ab\x1b[3", "1mred"],
    ["\x1b]2;ti", "tle\x07x"],
    ["\x1bP$q", "m\x1b\\y"],
  ] as const) {
    const session = screen(head);
    const terminal = screen("");
    attach(session, terminal);
    for (const each of [session, terminal]) each.write(encoder.encode(tail));
    expect(screenState(terminal).lines).toEqual(screenState(session).lines);
  }
});

test("random sessions drawn over random sessions, the terminal shows the session and stays the same", () => {
  for (let seed = 1; seed <= amount(25, 100); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 3 + random.below(10), cols: 4 + random.below(30) };
    const session = screen(`\x1b[=0u\x1b[>4m${random.anything(200, size.rows, size.cols)}`, size);
    const terminal = screen(random.anything(100, size.rows, size.cols), size);
    terminal.write(session.snapshot({ scrollback: 20, target: "terminal", outer: "replace" }));
    const shown = () => [session, terminal].map((each) => [screenState(each).hash, screenText(each)]);
    expect(shown()[1], `seed ${seed}`).toEqual(shown()[0]);
    const rest = encoder.encode(random.styled(60));
    for (const each of [session, terminal]) each.write(rest);
    expect(shown()[1], `seed ${seed}, later`).toEqual(shown()[0]);
  }
});

test("titles put away, the terminal gets each back as the program takes it", () => {
  const session = screen("\x1b]0;shell\x07\x1b[22t\x1b]2;vim\x07\x1b[22;2t\x1b]2;help\x07");
  const terminal = screen("\x1b]0;mine\x07\x1b[22t");
  attach(session, terminal);
  const seen = () => [terminal.state.titles.now.title, terminal.state.titles.now.icon];
  const pop = (which: string) => terminal.write(encoder.encode(`\x1b[23${which}t`));
  expect(seen()).toEqual(["help", "shell"]);
  pop(";2");
  expect(seen()).toEqual(["vim", "shell"]);
  pop("");
  expect(seen()).toEqual(["shell", "shell"]);
  pop("");
  expect(seen()).toEqual(["mine", "mine"]);
});

test("a shell that marks its prompts, the terminal has each mark at its row, above the screen too", () => {
  const prompt = (n: number) =>
    `\x1b]133;A;k=i\x07$ \x1b]133;B\x07run ${n}\r\n\x1b]133;C\x07out ${n}\r\n\x1b]133;D;${n}\x07`;
  const session = screen([1, 2, 3, 4, 5].map(prompt).join(""));
  const terminal = screen("$ ", { rows: 6, cols: 30 });
  attach(session, terminal);
  const marked = (of: Screen) => {
    const { lines } = of.engine._bufferService.buffers.normal;
    const text = (row: number) => Array.from({ length: 5 }, (_, column) => cellText(lines.get(row) as Line, column));
    return Array.from({ length: lines.length }, (_, row) => [text(row).join(""), of.state.shell.marks.at(row)]).filter(
      ([, marks]) => (marks?.length ?? 0) > 0,
    );
  };
  expect(marked(terminal)).toEqual(marked(session));
  expect(terminal.state.shell.mark).toBe("D");
});
