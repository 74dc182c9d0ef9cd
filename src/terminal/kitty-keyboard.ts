// The kitty keyboard protocol's flags and stacks, one set per screen, and xterm's modifyOtherKeys. The engine
// has the former, but mixes the screens up when a program enters the alternate one twice, and lacks the latter.
// Part of TrackedState.

import type { Engine } from "./xterm-internals.ts";

/** As in kitty; the oldest entry goes when the stack is full. */
const MAX_STACK = 16;
const ALL_FLAGS = 31;

export interface KittyScreen {
  flags: number;
  stack: number[];
}

export class KittyKeyboard {
  normal: KittyScreen = { flags: 0, stack: [] };
  alternate: KittyScreen = { flags: 0, stack: [] };
  modifyOtherKeys: 0 | 1 | 2 = 0;
  /** Whether a program ever used the one or the other, so that resetting it is ours to do. */
  everUsed = false;
  everModified = false;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    const parser = engine._inputHandler._parser;
    parser.registerCsiHandler({ prefix: "=", final: "u" }, (params) => {
      const flags = (params.params[0] ?? 0) & ALL_FLAGS;
      const how = params.length > 1 ? params.params[1] || 1 : 1;
      const at = this.current;
      this.everUsed = true;
      if (how === 1) at.flags = flags;
      else if (how === 2) at.flags |= flags;
      else if (how === 3) at.flags &= ~flags;
      return true;
    });
    parser.registerCsiHandler({ prefix: ">", final: "u" }, (params) => {
      const at = this.current;
      this.everUsed = true;
      if (at.stack.length >= MAX_STACK) at.stack.shift();
      at.stack.push(at.flags);
      at.flags = (params.params[0] ?? 0) & ALL_FLAGS;
      return true;
    });
    parser.registerCsiHandler({ prefix: "<", final: "u" }, (params) => {
      const at = this.current;
      const count = Math.min(params.params[0] || 1, MAX_STACK + 1);
      // Popping more than there is brings the flags of an empty stack: none.
      for (let popped = 0; popped < count; popped += 1) at.flags = at.stack.pop() ?? 0;
      return true;
    });
    parser.registerCsiHandler({ prefix: ">", final: "m" }, (params) => {
      if (params.params[0] !== 4) return false;
      const value = params.length > 1 ? params.params[1] : 0;
      this.everModified = true;
      this.modifyOtherKeys = value === 1 || value === 2 ? value : 0;
      return true;
    });
    parser.registerCsiHandler({ prefix: ">", final: "n" }, (params) => {
      if (params.params[0] === 4) this.modifyOtherKeys = 0;
      return true;
    });
  }

  get current(): KittyScreen {
    const { active, alt } = this.#engine._bufferService.buffers;
    return active === alt ? this.alternate : this.normal;
  }

  reset(): void {
    this.normal = { flags: 0, stack: [] };
    this.alternate = { flags: 0, stack: [] };
    this.modifyOtherKeys = 0;
  }
}
