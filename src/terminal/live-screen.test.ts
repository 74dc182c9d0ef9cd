// The screen of a running session with its long history, held against one model that keeps everything: the history
// as text and with styles, and what an attached person's terminal has in its scrollback and on its screen.

import { expect, setDefaultTimeout, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { LiveScreen } from "./live-screen.ts";
import { historyAnsi, historyText, screenState } from "./read-out.ts";
import { Screen } from "./screen.ts";

// Many random streams; a busy machine is no failure.
setDefaultTimeout(60_000);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Size {
  rows: number;
  cols: number;
}

function live(size: Size, earlier?: string): LiveScreen {
  const onQuery = () => {};
  return new LiveScreen({
    ...size,
    offset: 0,
    onQuery,
    onTitle: onQuery,
    ...(earlier && { earlier: encoder.encode(earlier) }),
  });
}

function everything(size: Size): Screen {
  return new Screen({ ...size, scrollback: 20_000 });
}

function print(to: readonly (LiveScreen | Screen)[], output: string, chunk = 5000): void {
  const bytes = encoder.encode(output);
  for (let at = 0; at < bytes.length; at += chunk) {
    for (const each of to) {
      if (each instanceof Screen) each.write(bytes.subarray(at, at + chunk));
      else each.output(bytes.subarray(at, at + chunk));
    }
  }
}

const historyOf = (screen: LiveScreen, format: "text" | "ansi", lines?: number) =>
  decoder.decode(screen.history(format, lines));

/** The same lines in the same styles, however their SGR was written. */
function normal(lines: string): string {
  let left = "";
  const screen = new Screen({
    rows: 2,
    cols: 1000,
    scrollback: 0,
    onLineLeft: (line, wrapped) => {
      left += decoder.decode(line) + (wrapped ? "" : "\n");
    },
  });
  screen.write(encoder.encode(`${lines.replaceAll("\n", "\r\n")}\r\n`));
  return left;
}

/** A person's terminal with a long scrollback, after attaching from a prompt at its top. */
function terminal(size: Size, replay: Uint8Array): Screen {
  const screen = everything(size);
  screen.write(encoder.encode("$"));
  screen.write(replay);
  return screen;
}

const fullReplay = (session: LiveScreen, scrollback: number) =>
  session.replay("full", scrollback, () => new Uint8Array(0));

function expectSameTerminal(shown: Screen, meant: Screen, name: string): void {
  expect(historyText(shown).split("\n"), name).toEqual(historyText(meant).split("\n"));
  expect(historyAnsi(shown).split("\n"), name).toEqual(historyAnsi(meant).split("\n"));
  expect(screenState(shown), name).toEqual({ ...screenState(meant), offset: expect.anything() });
}

/** Log lines with floods, long lines that wrap many times, and a full-screen program's doings in between. */
function randomSession(random: RandomStream, { rows, cols }: Size): string {
  let output = "";
  for (let part = 0; part < 4; part += 1) {
    for (let line = 0; line < 150; line += 1) {
      const text = `${part}.${line} ${random.pick(["", "x", "wörter 漢字", "🙂 \x1b[1;3"])}${random.pick(["", "2mred", "\x1b[44mon blue\x1b[49m"])}`;
      output += `${text}${" long".repeat(random.below(3) * random.below(cols))}\x1b[m\r\n`;
    }
    output += "endless ".repeat(random.below(20) * cols);
    output += random.pick(["\r\n", `\x1b[${1 + random.below(rows)};1H`, "\r\n\x1b[?1049hfull\x1b[?1049l"]);
  }
  return output + random.styled(random.below(60));
}

test("random sessions, the history and an attached terminal have what one large model has", () => {
  for (let seed = 1; seed <= amount(3, 8); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 2 + random.below(10), cols: 10 + random.below(50) };
    const session = live(size);
    const model = everything(size);
    print([session, model], randomSession(random, size), 500 + random.below(20_000));
    const name = `seed ${seed}`;
    if (seed % 2 === 0) while (session.rest());
    expect(historyOf(session, "text").split("\n"), name).toEqual(historyText(model).split("\n"));
    expect(normal(historyOf(session, "ansi")), name).toBe(normal(historyAnsi(model)));
    for (const lines of [1, 50, 101 + random.below(300)]) {
      expect(historyOf(session, "text", lines), name).toBe(historyText(model, { lines }));
    }
    const meant = terminal(size, model.snapshot({ target: "terminal", scrollback: 20_000 }));
    const shown = terminal(size, fullReplay(session, 20_000));
    expectSameTerminal(shown, meant, name);
    const after = encoder.encode(random.styled(60));
    for (const each of [meant, shown]) each.write(after);
    expectSameTerminal(shown, meant, `${name}, later`);
  }
});

test("a flood of ASCII lines, the history has each as it was printed, at rest too", () => {
  const session = live({ rows: 10, cols: 40 });
  const lines = Array.from({ length: 6000 }, (_, line) => `${line}${" of many".repeat(line % 9)}`);
  print([session], `\x1b[1mbold\x1b[m\r\n${lines.join("\r\n")}\r\n`, 60_000);
  for (const when of ["after the flood", "at rest"]) {
    expect(historyOf(session, "text").trimEnd().split("\n"), when).toEqual(["bold", ...lines]);
    expect(historyOf(session, "text", 100), when).toBe(`${lines.slice(-100).join("\n")}\n`);
    while (session.rest());
  }
});

test("a line that is cut between history and model at any row, the terminal shows it whole", () => {
  const size = { rows: 4, cols: 20 };
  for (const length of [1040, 1060, 1061, 1079, 1080, 1081, 1100, 1300, 5000]) {
    const session = live(size);
    const line = Array.from({ length }, (_, at) => "abcdefghij 漢".at(at % 12)).join("");
    print([session], `before\r\n${line}\r\nafter`);
    expect(historyOf(session, "text")).toBe(`before\n${line.trimEnd()}\nafter\n`);
    expect(historyOf(session, "text", 2)).toBe(`${line.trimEnd()}\nafter\n`);
    const shown = terminal(size, fullReplay(session, 20_000));
    expect(historyText(shown)).toBe(`$\nbefore\n${line.trimEnd()}\nafter\n`);
  }
});

test("fewer lines asked for than are kept, the terminal gets the last ones and no more", () => {
  const size = { rows: 5, cols: 40 };
  const session = live(size);
  print([session], Array.from({ length: 2000 }, (_, line) => `line ${line}`).join("\r\n"));
  for (const scrollback of [0, 10, 49, 50, 51, 1000]) {
    const shown = terminal(size, fullReplay(session, scrollback));
    const meant = Array.from({ length: scrollback + 5 }, (_, line) => `line ${2000 - scrollback - 5 + line}\n`);
    expect(historyText(shown)).toBe(`$\n${meant.join("")}`);
  }
});

test("scrollback thrown away, history and terminals show what came since", () => {
  const session = live({ rows: 5, cols: 40 });
  print([session], `${"old\r\n".repeat(3000)}\x1b[H\x1b[2J\x1b[3J${"new\r\n".repeat(300)}`);
  expect(historyOf(session, "text")).toBe("new\n".repeat(300));
  const shown = terminal({ rows: 5, cols: 40 }, fullReplay(session, 1000));
  expect(historyText(shown)).toBe(`$\n${"new\n".repeat(300)}`);
});

test("resized wider, narrower and taller than all that the model keeps, no text is lost or doubled", () => {
  for (let seed = 1; seed <= amount(2, 6); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 4, cols: 30 };
    const session = live(size);
    let meant = "";
    for (let turn = 0; turn < 8; turn += 1) {
      let output = "";
      for (let line = 0; line < 60; line += 1) {
        output += `${turn}.${line} ${"word".repeat(random.below(6) * random.below(20))}.\n`;
      }
      output += `${"z".repeat(random.below(2) * random.below(4000))}.\n`;
      meant += output;
      print([session], output.replaceAll("\n", "\r\n"));
      size.rows = random.pick([2, 4, 30, 200]);
      size.cols = 5 + random.below(60);
      session.resize(size.rows, size.cols);
    }
    expect(historyOf(session, "text").split("\n"), `seed ${seed}`).toEqual(meant.split("\n"));
    // A line that was cut at another width may be shown in two.
    const shown = historyText(terminal(size, fullReplay(session, 20_000)));
    expect(shown.replaceAll("\n", ""), `seed ${seed}`).toBe(`$${meant.replaceAll("\n", "")}`);
  }
});

test("an earlier life, its lines are above an empty screen, in the history and in the terminal", () => {
  const size = { rows: 5, cols: 40 };
  const earlier = Array.from({ length: 30 }, (_, line) => `\x1b[1mold\x1b[m ${line}\n`).join("");
  const plain = earlier.replaceAll(/\x1b\[1?m/g, "");
  const session = live(size, earlier);
  expect(session.state().lines.map((line) => line.text)).toEqual(["", "", "", "", ""]);
  expect(historyOf(session, "text")).toBe(plain);
  print([session], "new\r\n");
  expect(historyOf(session, "text")).toBe(`${plain}new\n`);
  expect(historyOf(session, "text", 3)).toBe("old 28\nold 29\nnew\n");
  const shown = terminal(size, fullReplay(session, 1000));
  expect(historyText(shown)).toBe(`$\n${plain}new\n`);
  expect(screenState(shown).lines.map((line) => line.text)).toEqual(["new", "", "", "", ""]);
  const { scrollback, rows } = session.linesAsAnsi();
  expect(decoder.decode(scrollback) + rows).toBe(`${earlier}new\n`);
});

test("more lines than are kept, the last 10,000 are there", () => {
  const session = live({ rows: 24, cols: 80 });
  print([session], Array.from({ length: 30_000 }, (_, line) => `${line}\r\n`).join(""), 64 * 1024);
  const lines = historyOf(session, "text").split("\n");
  expect(lines.length).toBeGreaterThan(10_000);
  expect(lines.at(-2)).toBe("29999");
  expect(Number(lines.at(-2)) - Number(lines[0])).toBe(lines.length - 2);
});

test("one line without an end, what is kept of it is bounded", () => {
  const session = live({ rows: 24, cols: 80 });
  const chunk = encoder.encode("x".repeat(1 << 20));
  for (let turn = 0; turn < 12; turn += 1) session.output(chunk);
  expect(session.history("ansi", undefined).length).toBeLessThan(9 << 20);
});
