// Window title and icon name with their stacks (OSC 0, 1, 2; CSI 22 t, CSI 23 t). The engine keeps them where
// they cannot be restored, so they are kept here. Part of TrackedState.

import { onOsc } from "./string-sequences.ts";
import type { Engine } from "./xterm-internals.ts";

/** UTF-16 units of a title; longer ones are cut, because a title is shown in lists. */
const MAX_TITLE = 1024;
/** As in xterm. */
const MAX_STACK = 10;

export class Titles {
  title = "";
  icon = "";
  titleStack: string[] = [];
  iconStack: string[] = [];

  constructor(engine: Engine) {
    const parser = engine._inputHandler._parser;
    const limit = 1 << 16;
    onOsc(parser, 0, limit, (text) => {
      this.title = cut(text);
      this.icon = this.title;
    });
    onOsc(parser, 1, limit, (text) => {
      this.icon = cut(text);
    });
    onOsc(parser, 2, limit, (text) => {
      this.title = cut(text);
    });
    parser.registerCsiHandler({ final: "t" }, (params) => {
      const operation = params.params[0];
      const which = params.length > 1 ? params.params[1] : 0;
      if (operation === 22) this.#push(which);
      else if (operation === 23) this.#pop(which);
      return operation === 22 || operation === 23;
    });
  }

  #push(which: number | undefined): void {
    if (which === 0 || which === 2) push(this.titleStack, this.title);
    if (which === 0 || which === 1) push(this.iconStack, this.icon);
  }

  #pop(which: number | undefined): void {
    if (which === 0 || which === 2) this.title = this.titleStack.pop() ?? this.title;
    if (which === 0 || which === 1) this.icon = this.iconStack.pop() ?? this.icon;
  }
}

function push(stack: string[], text: string): void {
  stack.push(text);
  if (stack.length > MAX_STACK) stack.shift();
}

function cut(text: string): string {
  if (text.length <= MAX_TITLE) return text;
  const end = text.codePointAt(MAX_TITLE - 1) ?? 0;
  return text.slice(0, end > 0xffff ? MAX_TITLE - 1 : MAX_TITLE);
}
