// What terminals have once and the engine has for each of the two screens: the scrolling region and the tab stops. A
// program that sets or resets them on one screen finds them so on the other (xterm, VTE, kitty, tmux), and so does what an
// attach draws. The screen that is hidden has the defaults. screen.ts installs it.

import type { Engine, ScreenBuffer } from "./xterm-internals.ts";

export function shareSettings(engine: Engine): void {
  const { buffers } = engine._bufferService;
  const toNormal = buffers.activateNormalBuffer;
  const toAlternate = buffers.activateAltBuffer;
  buffers.activateNormalBuffer = () => {
    const from = buffers.active;
    const settings = settingsOf(from);
    toNormal.call(buffers);
    if (from !== buffers.active) hand(settings, from, buffers.active, engine.rows);
  };
  buffers.activateAltBuffer = (fill) => {
    const from = buffers.active;
    const settings = settingsOf(from);
    toAlternate.call(buffers, fill);
    if (from !== buffers.active) hand(settings, from, buffers.active, engine.rows);
  };
}

type Settings = Pick<ScreenBuffer, "scrollTop" | "scrollBottom" | "tabs">;

function settingsOf({ scrollTop, scrollBottom, tabs }: ScreenBuffer): Settings {
  return { scrollTop, scrollBottom, tabs };
}

function hand(settings: Settings, from: ScreenBuffer, to: ScreenBuffer, rows: number): void {
  Object.assign(to, settings);
  from.scrollTop = 0;
  from.scrollBottom = rows - 1;
  // Made anew, so the two never share one table.
  from.setupTabStops();
}
