// What keeps a hostile program from hanging or bloating the model (faults T1): counts are clamped to the
// screen before the engine loops over them (unclamped, CSI 2147483647 S takes minutes), and a cell takes only
// so many combining marks. screen.ts installs it once per engine.

import { CELL_WORDS, COMBINED } from "./cell.ts";
import type { Engine, Line, Params } from "./xterm-internals.ts";

/** UTF-16 units of one cell. The longest emoji sequence has 14, written languages stay below 10 marks. */
const MAX_CELL_TEXT = 64;

export function installLimits(engine: Engine): void {
  const parser = engine._inputHandler._parser;
  const clamp = (limit: () => number) => (params: Params) => {
    const most = limit();
    if ((params.params[0] ?? 0) > most) params.params[0] = most;
    return false;
  };
  const rows = clamp(() => engine.rows);
  const columns = clamp(() => engine.cols);
  for (const final of ["L", "M", "S", "T", "^"]) parser.registerCsiHandler({ final }, rows);
  for (const final of ["I", "Z", "@", "P", "X"]) parser.registerCsiHandler({ final }, columns);
  for (const final of ["@", "A"]) parser.registerCsiHandler({ intermediates: " ", final }, columns);
  for (const final of ["}", "~"]) parser.registerCsiHandler({ intermediates: "'", final }, columns);
  parser.registerCsiHandler(
    { final: "b" },
    clamp(() => engine.rows * engine.cols),
  );
  limitCombining(engine._bufferService.buffers.normal.lines.get(0));
}

const limited = new WeakSet<object>();

/** On the prototype of all lines, because a mark reaches its cell on no other way. */
function limitCombining(line: Line | undefined): void {
  const prototype = line === undefined ? undefined : (Object.getPrototypeOf(line) as Line);
  if (prototype === undefined || limited.has(prototype)) return;
  limited.add(prototype);
  const add = prototype.addCodepointToCell;
  prototype.addCodepointToCell = function (this: Line, index, codePoint, width) {
    // The text of a cell that is not combined any more stays in the map and means nothing.
    const combined = (this._data[index * CELL_WORDS] ?? 0) & COMBINED;
    if (combined === 0 || (this._combined[index]?.length ?? 0) < MAX_CELL_TEXT) add.call(this, index, codePoint, width);
  };
}
