// Prints between left and right margins, one character at a time: the engine draws each, and never meets the edge.
// screen.ts installs it; fast-print.ts hands everything here while margins are narrower than the screen.

import type { InsertCells } from "./margin-edits.ts";
import type { Margins } from "./margins.ts";
import type { Engine } from "./xterm-internals.ts";

export function installMarginPrint(engine: Engine, margins: Margins, index: () => void, insert: InsertCells): void {
  const input = engine._inputHandler;
  const print = input.print;

  const one = (data: Uint32Array, at: number) => {
    const { modes, decPrivateModes } = engine.coreService;
    const parser = input._parser;
    const buffer = input._activeBuffer;
    const preceding = parser.precedingJoinState;
    const properties = engine.unicodeService.charProperties(data[at] as number, preceding);
    const joined = properties & 1 ? (preceding >> 1) & 3 : 0;
    const grows = ((properties >> 1) & 3) - joined;
    let edge = margins.pending || buffer.x <= margins.right ? margins.right + 1 : engine.cols;
    if (buffer.x + grows > edge) {
      // A mark that widens what stands at the edge has no room there.
      if (joined > 0) return;
      if (decPrivateModes.wraparound) {
        index();
        buffer.x = margins.left;
        edge = margins.right + 1;
      } else {
        margins.pending = false;
        buffer.x = edge - 1;
        if (grows > 1) {
          parser.precedingJoinState = 0;
          return;
        }
      }
    }
    margins.pending = false;
    // Outside of the margins nothing is pushed aside.
    const { insertMode } = modes;
    if (insertMode && joined === 0 && buffer.x >= margins.left && buffer.x <= margins.right) insert(grows);
    modes.insertMode = false;
    print.call(input, data, at, at + 1);
    modes.insertMode = insertMode;
    margins.pending = buffer.x === edge && edge < engine.cols;
  };

  input.print = (data, start, end) => {
    if (!margins.active) return print.call(input, data, start, end);
    for (let at = start; at < end; at += 1) one(data, at);
  };
}
