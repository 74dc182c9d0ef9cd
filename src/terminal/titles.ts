// Window title and icon name with their stacks (OSC 0, 1, 2; CSI 22 t, CSI 23 t). The engine keeps them where
// they cannot be restored, so they are kept here. Part of TrackedState.

import { onOsc } from "./string-sequences.ts";
import type { Engine } from "./xterm-internals.ts";

/** UTF-16 units of a title; longer ones are cut, because a title is shown in lists. */
const MAX_TITLE = 1024;
/** As in xterm. */
const MAX_STACK = 10;

/** Null: the program never said it, so it is whatever the terminal had before. */
type Name = string | null;

/** What one CSI 22 t put away: the title, the icon name or both; undefined is what it left alone. */
export interface SavedTitle {
  readonly title: Name | undefined;
  readonly icon: Name | undefined;
}

type Kind = "title" | "icon";

export class Titles {
  /** Set by whoever wants to know. */
  onChange: () => void = () => {};
  readonly now: Record<Kind, Name> = { title: null, icon: null };
  /** The last one was put away last. */
  stack: SavedTitle[] = [];

  constructor(engine: Engine) {
    const parser = engine._inputHandler._parser;
    const limit = 1 << 16;
    const named = (...kinds: Kind[]) => {
      return (text: string) => {
        for (const kind of kinds) this.now[kind] = cut(text);
        this.onChange();
      };
    };
    onOsc(parser, 0, limit, named("title", "icon"));
    onOsc(parser, 1, limit, named("icon"));
    onOsc(parser, 2, limit, named("title"));
    parser.registerCsiHandler({ final: "t" }, (params) => {
      const operation = params.params[0];
      if (operation !== 22 && operation !== 23) return false;
      const which = params.length > 1 ? params.params[1] : 0;
      const kinds: Kind[] = which === 0 ? ["title", "icon"] : which === 1 ? ["icon"] : which === 2 ? ["title"] : [];
      if (operation === 22) this.#push(kinds);
      else for (const kind of kinds) this.#pop(kind);
      return true;
    });
  }

  /** For people: empty where the program set none. */
  get title(): string {
    return this.now.title ?? "";
  }

  #push(kinds: readonly Kind[]): void {
    if (kinds.length === 0) return;
    const saved = (kind: Kind) => (kinds.includes(kind) ? this.now[kind] : undefined);
    this.stack.push({ title: saved("title"), icon: saved("icon") });
    if (this.stack.length > MAX_STACK) this.stack.shift();
  }

  /** Takes the last one of its kind; without any, the title stays. */
  #pop(kind: Kind): void {
    const at = this.stack.findLastIndex((entry) => entry[kind] !== undefined);
    const entry = this.stack[at];
    if (entry === undefined) return;
    this.now[kind] = entry[kind] ?? null;
    const rest = { ...entry, [kind]: undefined };
    if (rest.title === undefined && rest.icon === undefined) this.stack.splice(at, 1);
    else this.stack[at] = rest;
  }
}

function cut(text: string): string {
  if (text.length <= MAX_TITLE) return text;
  const end = text.codePointAt(MAX_TITLE - 1) ?? 0;
  return text.slice(0, end > 0xffff ? MAX_TITLE - 1 : MAX_TITLE);
}
