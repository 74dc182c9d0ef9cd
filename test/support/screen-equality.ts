// Compares two screens in everything that a program or a person could ever tell apart: cells, styles, links,
// wraps, both screens with cursors and saved cursors, regions, tab stops, character sets, modes, keyboard
// protocols, titles, colours, unfinished input. Used by the snapshot, chunking and skip-ahead tests.

import {
  cellStyle,
  cellText,
  HAS_CONTENT,
  penStyle,
  type Style,
  sameStyle,
  styleOf,
  WIDTH_SHIFT,
} from "../../src/terminal/cell.ts";
import { charsetLetter } from "../../src/terminal/charsets.ts";
import type { Screen } from "../../src/terminal/screen.ts";
import type { Line, ScreenBuffer } from "../../src/terminal/xterm-internals.ts";

/** Sentences about what differs, at most `most`; empty when the screens are equal. */
export function screenDifferences(a: Screen, b: Screen, most = 5): string[] {
  return descriptionDifferences(describe(a), describe(b), most);
}

/** The same of two screens that were described, perhaps at different times. */
export function descriptionDifferences(
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
  most = 5,
): string[] {
  const differences: string[] = [];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    if (left.get(key) === right.get(key)) continue;
    differences.push(`${key}: ${left.get(key)} <> ${right.get(key)}`);
    if (differences.length >= most) break;
  }
  return differences;
}

/** Everything about a screen as named strings. */
export function describe(screen: Screen): Map<string, string> {
  const { engine, state } = screen;
  const all = new Map<string, string>();
  const say = (key: string, value: unknown) => all.set(key, JSON.stringify(value));
  const { normal, alt, active } = engine._bufferService.buffers;
  const dec = { ...engine.coreService.decPrivateModes, synchronizedOutput: false };
  say("size", [screen.rows, screen.cols]);
  say("alternate", active === alt);
  say("cursor", [active.x, active.y]);
  const { margins } = screen;
  say("margins", [margins.enabled, margins.left, margins.right, margins.pending]);
  say("pen", styleText(screen, penStyle(engine._inputHandler._curAttrData)));
  say("joins", joins(screen));
  say("pending input", Array.from(screen.pendingInput));
  say("charsets", [
    [0, 1, 2, 3].map((set) => charsetLetter(engine._charsetService.charsets[set])),
    engine._charsetService.glevel,
  ]);
  say("modes", [dec, engine.coreService.modes, engine.options.convertEol, engine.coreService.isCursorHidden]);
  say("mouse", [engine.mouseStateService.activeProtocol, engine.mouseStateService.activeEncoding]);
  say("remembered modes", sorted(state.modes.remembered));
  say("saved modes", sorted(state.modes.saved));
  say("kitty", [state.keyboard.normal, state.keyboard.alternate, state.keyboard.modifyOtherKeys]);
  say("titles", [state.titles.now, state.titles.stack]);
  say("palette", sorted(state.colours.palette));
  say("special colours", sorted(state.colours.special));
  const { directoryUrl, reported, mark, exitCode, marks } = state.shell;
  say("shell", [directoryUrl, reported, mark, exitCode, marks.latest]);
  describeBuffer(screen, normal, "normal", say);
  describeBuffer(screen, alt, "alternate", say);
  return all;
}

/** A letter, a mark, a joiner, an emoji, half a flag, jamo: whether each would join what was printed last, and how wide. */
const PROBES = [0x61, 0x301, 0x200d, 0x1f600, 0xfe0f, 0x1f1e9, 0x1100, 0x1161, 0x11a8, 0x903, 0x1f3fb];

function joins(screen: Screen): (number | boolean)[] {
  const state = screen.engine._inputHandler._parser.precedingJoinState;
  return [state !== 0, ...PROBES.map((probe) => screen.engine.unicodeService.charProperties(probe, state) & 7)];
}

type Say = (key: string, value: unknown) => void;

function describeBuffer(screen: Screen, buffer: ScreenBuffer, name: string, say: Say): void {
  const { savedCursors } = screen.state;
  const saved = buffer.savedCurAttrData;
  const extended = savedCursors.extended(buffer);
  const sets = [0, 1, 2, 3].map((set) => charsetLetter(buffer.savedCharsets[set]));
  say(`${name} region`, [buffer.scrollTop, buffer.scrollBottom]);
  say(
    `${name} tabs`,
    Array.from({ length: screen.cols }, (_, column) => (buffer.tabs[column] ? column : -1)).filter((c) => c >= 0),
  );
  say(`${name} saved cursor`, [
    Math.min(savedCursors.row(buffer), screen.rows - 1),
    Math.min(buffer.savedX, screen.cols - 1),
    styleText(screen, { ...styleOf(saved.fg, saved.bg, extended), link: 0 }),
    (extended?._ext ?? 0) & 0x3ffffff,
    [sets, buffer.savedGlevel, buffer.savedOriginMode, buffer.savedWraparoundMode],
  ]);
  say(`${name} lines`, [buffer.lines.length, buffer.ybase]);
  for (let index = 0; index < buffer.lines.length; index += 1) {
    const line = buffer.lines.get(index);
    if (line === undefined) continue;
    say(`${name} line ${index}`, [line._isWrapped, lineCells(screen, line)]);
    if (name !== "normal") continue;
    const marks = screen.state.shell.marks.at(index).map(({ column, text }) => `${column} ${text}`);
    if (marks.length > 0) say(`${name} marks ${index}`, marks);
  }
}

function lineCells(screen: Screen, line: Line): string {
  let cells = "";
  let style: Style | undefined;
  let shown = "";
  for (let column = 0; column < line.length; column += 1) {
    const content = line._data[column * 3] ?? 0;
    const width = content >>> WIDTH_SHIFT;
    const now = cellStyle(line, column);
    if (style === undefined || !sameStyle(now, style)) {
      const text = styleText(screen, now);
      if (text !== shown) cells += `{${text}}`;
      shown = text;
    }
    style = now;
    const blank = (content & HAS_CONTENT) === 0;
    // The left half is followed by a blank of no width; elsewhere a blank is a blank.
    cells += blank ? (width === 0 ? "" : "·") : cellText(line, column) + (width === 2 ? "²" : "");
  }
  return cells.replace(/·+(?=·)/g, (dots) => `·${dots.length}`);
}

function styleText(screen: Screen, style: Style): string {
  const link = screen.state.links.get(style.link);
  const words = [style.fg, style.bg, style.underline, style.underlineColour].map((word) => word.toString(16)).join(",");
  return words === "0,0,0,0" && link === undefined ? "" : words + (link ? `,${link.id}|${link.uri}` : "");
}

function sorted<T>(map: Map<number, T>): [number, T][] {
  return [...map].sort(([a], [b]) => a - b);
}
