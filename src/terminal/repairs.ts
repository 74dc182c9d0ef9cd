// Places where the engine differs from terminals: SGR 59 must bring back the text's own colour for the underline
// (the engine makes it white), SGR 0 leaves DECSCA's protection alone, and inserting into the middle of a wide
// character leaves no half of it behind. screen.ts installs them, and trims the alternate screen after a resize.

import { CELL_WORDS, COLOUR, HAS_CONTENT, PROTECTED, WIDTH_SHIFT } from "./cell.ts";
import type { Engine, Line, Params } from "./xterm-internals.ts";

export function installRepairs(engine: Engine): void {
  const input = engine._inputHandler;
  const apply = input.charAttributes;
  input.charAttributes = (params) => {
    const kept = input._curAttrData.bg & PROTECTED;
    const done = apply.call(input, params);
    const pen = input._curAttrData;
    if (kept !== 0) pen.bg |= PROTECTED;
    if (params.params.indexOf(59) >= 0 && resetsUnderlineColour(params)) {
      pen.extended = pen.extended.clone();
      pen.extended._ext &= ~COLOUR;
    }
    return done;
  };
  repairWaiting(engine);
  repairTabSet(engine);
  // DECSCUSR knows 0 to 6; of other numbers the engine takes the blinking alone.
  const shape = { intermediates: " ", final: "q" };
  input._parser.registerCsiHandler(shape, (params) => params.length > 0 && (params.params[0] ?? 0) > 6);
  repairInsert(engine._bufferService.buffers.normal.lines.get(0));
}

/** Everything that may erase the last cell of the cursor's row and leaves the cursor where it is. */
const ERASERS = [
  "eraseInDisplay",
  "eraseInLine",
  "scrollUp",
  "scrollDown",
  "scrollLeft",
  "scrollRight",
  "insertColumns",
  "deleteColumns",
  // Into the other screen the cursor goes as it is.
  "setModePrivate",
  "resetModePrivate",
] as const;

/** A cursor that waits behind the last cell waits no longer when that is erased: as in xterm, and restorable. */
function repairWaiting(engine: Engine): void {
  const input = engine._inputHandler;
  for (const name of ERASERS) {
    const erase = input[name];
    input[name] = (params: Params, respectProtect?: boolean) => {
      const done = erase.call(input, params, respectProtect);
      const buffer = input._activeBuffer;
      if (buffer.x < engine.cols) return done;
      const line = buffer.lines.get(buffer.ybase + buffer.y);
      const last = line?._data[(engine.cols - 1) * CELL_WORDS] ?? 0;
      if ((last & HAS_CONTENT) === 0 && last >>> WIDTH_SHIFT !== 0) buffer.x = engine.cols - 1;
      return done;
    };
  }
}

/** HTS at the edge sets a stop in the last column, not one behind it that a wider screen would have. */
function repairTabSet(engine: Engine): void {
  const input = engine._inputHandler;
  input.tabSet = () => {
    const { tabs, x } = input._activeBuffer;
    tabs[Math.min(x, engine.cols - 1)] = true;
    return true;
  };
}

/** Forgets the stops of columns that are gone; the engine would have them back on a wider screen. */
export function trimTabs(engine: Engine): void {
  const { normal, alt } = engine._bufferService.buffers;
  for (const { tabs } of [normal, alt]) {
    for (const column of Object.keys(tabs)) if (Number(column) >= engine.cols) delete tabs[Number(column)];
  }
}

const repaired = new WeakSet<object>();

/** On the prototype of all lines: several sequences and insert mode come here. */
function repairInsert(line: Line | undefined): void {
  const prototype = line === undefined ? undefined : (Object.getPrototypeOf(line) as Line);
  if (prototype === undefined || repaired.has(prototype)) return;
  repaired.add(prototype);
  const insert = prototype.insertCells;
  prototype.insertCells = function (this: Line, at, count, fill) {
    insert.call(this, at, count, fill);
    const moved = (at % this.length) + count;
    const content = moved < this.length ? this._data[moved * CELL_WORDS] : undefined;
    if (content !== undefined && content >>> WIDTH_SHIFT === 0 && (content & HAS_CONTENT) === 0) {
      this._data.set([1 << WIDTH_SHIFT, 0, 0], moved * CELL_WORDS);
    }
  };
}

/** Whether the last word on the underline colour is 59, not counting the arguments of 38, 48 and 58. */
function resetsUnderlineColour(params: Params): boolean {
  let resets = false;
  for (let index = 0; index < params.length; index += 1) {
    const code = params.params[index];
    if (code === 59) resets = true;
    else if (code === 58 || code === 0) resets = false;
    if ((code === 38 || code === 48 || code === 58) && params.getSubParams(index) === null) {
      index += params.params[index + 1] === 5 ? 2 : params.params[index + 1] === 2 ? 4 : 0;
    }
  }
  return resets;
}

/** Cuts the alternate screen to its new size; the engine leaves cells beyond it, and room for more rows. */
export function trimAlternate(engine: Engine): void {
  const { alt } = engine._bufferService.buffers;
  const surplus = alt.lines.length - engine.rows;
  if (surplus > 0) {
    alt.lines.trimStart(surplus);
    alt.ybase = Math.max(0, alt.ybase - surplus);
  }
  alt.lines.maxLength = engine.rows;
  for (let row = 0; row < alt.lines.length; row += 1) {
    const line = alt.lines.get(row);
    if (line !== undefined && line.length > engine.cols) line.resize(engine.cols, alt.getNullCell());
  }
}
