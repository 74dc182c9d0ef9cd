// Cursor moves under left and right margins, and under origin mode, where the engine counts rows from the region's top
// twice. Everything else is left to the engine. screen.ts installs it.

import type { Margins } from "./margins.ts";
import type { Engine, Params } from "./xterm-internals.ts";

export interface MarginScroll {
  /** One row down, scrolling at the bottom; the column stays. */
  index(): void;
}

export function installMarginMoves(engine: Engine, margins: Margins, { index }: MarginScroll): void {
  const input = engine._inputHandler;
  const parser = input._parser;
  const bent = () => margins.active || engine.coreService.decPrivateModes.origin;
  const at = () => {
    input._restrictCursor();
    return input._activeBuffer;
  };
  /** A line's beginning, seen from the column that the cursor is in. */
  const beginning = (x: number) => (x >= margins.left ? margins.left : margins.origin);
  const up = (count: number) => {
    const buffer = at();
    buffer.y = Math.max(buffer.y >= buffer.scrollTop ? buffer.scrollTop : 0, buffer.y - count);
  };
  const down = (count: number, most = engine.rows - 1) => {
    const buffer = at();
    buffer.y = Math.min(buffer.y <= buffer.scrollBottom ? buffer.scrollBottom : most, buffer.y + count);
  };
  const right = (count: number) => {
    const buffer = at();
    buffer.x = Math.min(buffer.x <= margins.right ? margins.right : engine.cols - 1, buffer.x + count);
  };
  const left = (count: number) => {
    const buffer = at();
    buffer.x = Math.max(buffer.x >= margins.left ? margins.left : 0, buffer.x - count);
  };
  const column = (number: number) => {
    at().x = margins.origin + number - 1;
    input._restrictCursor();
  };
  const returned = () => {
    const buffer = at();
    buffer.x = beginning(buffer.x);
  };
  const tab = (count: number) => {
    const buffer = input._activeBuffer;
    if (margins.pending || buffer.x >= engine.cols) return;
    const most = buffer.x <= margins.right ? margins.right : engine.cols - 1;
    for (let stops = count; stops > 0 && buffer.x < most; stops -= 1) buffer.x = Math.min(most, buffer.nextStop());
  };
  const tabBack = (count: number) => {
    const buffer = at();
    for (let stops = count; stops > 0 && buffer.x > margins.origin; stops -= 1) {
      buffer.x = Math.max(margins.origin, buffer.prevStop());
    }
  };
  const lineFeed = () => {
    if (engine.options.convertEol) returned();
    index();
  };

  const moves: Record<string, (count: number) => void> = {
    A: up,
    B: (count) => down(count),
    C: right,
    D: left,
    E: (count) => {
      down(count);
      returned();
    },
    F: (count) => {
      up(count);
      returned();
    },
    G: column,
    I: tab,
    Z: tabBack,
    "`": column,
    a: right,
    e: (count) => down(count),
  };
  for (const [final, move] of Object.entries(moves)) {
    parser.registerCsiHandler({ final }, (params: Params) => {
      if (!bent()) return false;
      move(params.params[0] || 1);
      return true;
    });
  }
  const controls: readonly (readonly [code: string, own: () => void, engines: () => void])[] = [
    ["\n", lineFeed, () => input.lineFeed()],
    ["\v", lineFeed, () => input.lineFeed()],
    ["\f", lineFeed, () => input.lineFeed()],
    ["\r", returned, () => input.carriageReturn()],
    ["\b", () => left(1), () => input.backspace()],
    ["\t", () => tab(1), () => input.tab()],
    ["\x84", index, () => input.index()],
    [
      "\x85",
      () => {
        returned();
        index();
      },
      () => input.nextLine(),
    ],
  ];
  for (const [code, own, engines] of controls) {
    parser.setExecuteHandler(code, () => {
      if (margins.active) own();
      else engines();
      return true;
    });
  }
  parser.registerEscHandler({ final: "D" }, () => {
    if (margins.active) index();
    return margins.active;
  });
  parser.registerEscHandler({ final: "E" }, () => {
    if (!margins.active) return false;
    returned();
    index();
    return true;
  });
  // What is kept is a place, not that the cursor waits there.
  const settle = () => {
    margins.settleCursor();
    return false;
  };
  parser.registerEscHandler({ final: "7" }, settle);
  parser.registerEscHandler({ final: "8" }, settle);
  parser.registerCsiHandler({ final: "u" }, settle);
}
