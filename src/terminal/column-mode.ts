// DECCOLM (CSI ? 3 h, l), which chose between 80 and 132 columns. The width belongs to the person's window, but a
// program that may ask for it (mode 40) also gets a cleared screen, and draws on that. Terminals agree on neither, so
// this is what xterm and tmux share. screen.ts installs it.

import type { Modes } from "./modes.ts";
import type { Engine, Params } from "./xterm-internals.ts";

export function installColumnMode(engine: Engine, modes: Modes): void {
  const input = engine._inputHandler;
  const all: Params = { length: 1, params: Int32Array.of(2), getSubParams: () => null };
  const changed = (params: Params) => {
    if (modes.private(40) && params.params.subarray(0, params.length).includes(3)) {
      input._setCursor(0, 0);
      input.eraseInDisplay(all);
    }
    return false;
  };
  input._parser.registerCsiHandler({ prefix: "?", final: "h" }, changed);
  input._parser.registerCsiHandler({ prefix: "?", final: "l" }, changed);
}
