// The print handler of the model: runs of ASCII are written into the line's cells directly, everything else
// goes to the engine's own print. On plain text this is 1.7 times as fast as the engine alone and never differs
// (property test in screen.test.ts). screen.ts installs it.

import { CELL_WORDS, cellText, HAS_CONTENT, HAS_EXTENDED, WIDTH_SHIFT } from "./cell.ts";
import type { Margins } from "./margins.ts";
import type { Engine } from "./xterm-internals.ts";

const NARROW = 1 << WIDTH_SHIFT;
/** Prints nothing. */
const SOFT_HYPHEN = 0xad;
/** The engine's properties of a plain narrow character, as its unicode service gives them for ASCII. */
const NARROW_PROPERTIES = 1 << 1;

export function installFastPrint(engine: Engine, margins: Margins): void {
  const input = engine._inputHandler;
  const parser = input._parser;
  parser.registerCsiHandler({ final: "b" }, (params) => {
    const { modes, decPrivateModes } = engine.coreService;
    if (margins.active || (decPrivateModes.wraparound && !modes.insertMode && engine.rows > 1)) return false;
    repeat(engine, params.params[0] || 1);
    return true;
  });
  parser.setPrintHandler((data, start, end) => {
    if (margins.active) return input.print(data, start, end);
    let at = start;
    while (at < end) {
      const asciiEnd = endOfAscii(data, at, end);
      if (asciiEnd > at) {
        printAscii(engine, data, at, asciiEnd);
        at = asciiEnd;
      }
      const otherEnd = endOfOther(data, at, end);
      if (otherEnd > at) printOther(engine, data, at, otherEnd);
      at = otherEnd;
    }
  });
}

/** REP where the engine's own would go around what is repaired here. */
function repeat(engine: Engine, count: number): void {
  const input = engine._inputHandler;
  const width = (input._parser.precedingJoinState >> 1) & 3;
  const { lines, ybase, y, x } = input._activeBuffer;
  const line = lines.get(ybase + y);
  if (input._parser.precedingJoinState === 0 || line === undefined || x < width) return;
  const text = Uint32Array.from([...cellText(line, x - width)], (character) => character.codePointAt(0) ?? 0);
  for (let time = 0; time < count; time += 1) printOther(engine, text, 0, text.length);
}

function endOfAscii(data: Uint32Array, start: number, end: number): number {
  let at = start;
  while (at < end && (data[at] as number) < 0x7f) at += 1;
  return at;
}

function endOfOther(data: Uint32Array, start: number, end: number): number {
  let at = start;
  while (at < end && (data[at] as number) >= 0x7f) at += 1;
  return at;
}

/**
 * Without autowrap the engine drops a wide character that does not fit, but takes it for the one that the next
 * mark joins, and then breaks the cell before it. Dropped is dropped: nothing joins it.
 */
function printOther(engine: Engine, data: Uint32Array, start: number, end: number): void {
  const input = engine._inputHandler;
  if (engine.coreService.decPrivateModes.wraparound) {
    if (engine.rows === 1) printOnOneRow(engine, data, start, end);
    else if (engine.coreService.modes.insertMode) printEach(engine, data, start, end);
    else input.print(data, start, end);
    return;
  }
  const parser = input._parser;
  for (let at = start; at < end; at += 1) {
    const preceding = parser.precedingJoinState;
    const properties = engine.unicodeService.charProperties(data[at] as number, preceding);
    const width = (properties >> 1) & 3;
    const joined = properties & 1 ? (preceding >> 1) & 3 : 0;
    if (width === 2 && input._activeBuffer.x + width - joined > engine.cols) {
      input._activeBuffer.x = engine.cols - 1;
      parser.precedingJoinState = 0;
      continue;
    }
    // The last column again: the engine would leave half of a wide character there.
    if (width > joined && data[at] !== SOFT_HYPHEN && input._activeBuffer.x >= engine.cols)
      input._activeBuffer.x = engine.cols - 1;
    input.print(data, at, at + 1);
  }
}

/** What is inserted depends on where the engine's calls end; so each character is a call. */
function printEach(engine: Engine, data: Uint32Array, start: number, end: number): void {
  for (let at = start; at < end; at += 1) engine._inputHandler.print(data, at, at + 1);
}

/**
 * A mark that widens the character before it at the edge takes it along into the next row. On a screen of one row the
 * engine has thrown that row away by then, so the character is printed there anew.
 */
function printOnOneRow(engine: Engine, data: Uint32Array, start: number, end: number): void {
  const input = engine._inputHandler;
  const parser = input._parser;
  for (let at = start; at < end; at += 1) {
    const buffer = input._activeBuffer;
    const preceding = parser.precedingJoinState;
    const properties = engine.unicodeService.charProperties(data[at] as number, preceding);
    const before = properties & 1 ? (preceding >> 1) & 3 : 0;
    const line = buffer.lines.get(buffer.ybase);
    if (before > 0 && line !== undefined && buffer.x + ((properties >> 1) & 3) - before > engine.cols) {
      const text = cellText(line, buffer.x - before);
      line.replaceCells(buffer.x - before, engine.cols, buffer.getNullCell(input._eraseAttrData()));
      buffer.x = engine.cols;
      parser.precedingJoinState = 0;
      const whole = Uint32Array.from([...text], (character) => character.codePointAt(0) ?? 0);
      input.print(whole, 0, whole.length);
    }
    input.print(data, at, at + 1);
  }
}

function printAscii(engine: Engine, data: Uint32Array, start: number, end: number): void {
  const input = engine._inputHandler;
  const parser = input._parser;
  if (engine.coreService.modes.insertMode) return printEach(engine, data, start, end);
  if (engine._charsetService.charset !== undefined) {
    input.print(data, start, end);
    return;
  }
  const { cols } = engine;
  let at = start;
  while (at < end) {
    const buffer = input._activeBuffer;
    const column = buffer.x;
    const room = cols - column;
    // At the edge, and after a character that may still join, the engine decides for one character.
    if (room <= 0 || parser.precedingJoinState >> 3 !== 0) {
      if (engine.coreService.decPrivateModes.wraparound) input.print(data, at, at + 1);
      else printOther(engine, data, at, at + 1);
      at += 1;
      continue;
    }
    const line = buffer.lines.get(buffer.ybase + buffer.y);
    if (line === undefined) return;
    const pen = input._curAttrData;
    const count = Math.min(room, end - at);
    const cells = line._data;
    const fg = pen.fg;
    const bg = pen.bg;
    line._cacheValid = false;
    // The left half of a wide character whose right half is overwritten becomes a blank in the pen's style.
    if (column > 0 && (cells[(column - 1) * CELL_WORDS] as number) >>> WIDTH_SHIFT === 2) {
      blank(line._data, column - 1, fg, bg);
      if (bg & HAS_EXTENDED) line._extendedAttrs[column - 1] = pen.extended;
    }
    let index = column * CELL_WORDS;
    for (const stop = at + count; at < stop; at += 1) {
      cells[index] = (data[at] as number) | NARROW;
      cells[index + 1] = fg;
      cells[index + 2] = bg;
      index += CELL_WORDS;
    }
    const next = column + count;
    if (bg & HAS_EXTENDED) {
      for (let cell = column; cell < next; cell += 1) line._extendedAttrs[cell] = pen.extended;
    }
    buffer.x = next;
    parser.precedingJoinState = NARROW_PROPERTIES;
    // Likewise the right half whose left half was overwritten.
    if (next < cols) {
      const content = cells[next * CELL_WORDS] as number;
      if (content >>> WIDTH_SHIFT === 0 && (content & HAS_CONTENT) === 0) {
        blank(cells, next, fg, bg);
        if (bg & HAS_EXTENDED) line._extendedAttrs[next] = pen.extended;
      }
    }
  }
}

function blank(cells: Uint32Array, column: number, fg: number, bg: number): void {
  const index = column * CELL_WORDS;
  cells[index] = NARROW;
  cells[index + 1] = fg;
  cells[index + 2] = bg;
}
