// Keyboard protocols that a program switched on in the outer terminal: kitty's stack of flags (one per screen)
// and xterm's modifyOtherKeys with its relatives. Kept by mode-tracker.ts, undone by restore.ts.

interface KittyScreen {
  depth: number;
  /** Flags set where nothing had been pushed. */
  flags: number;
}

export class KeyboardChanges {
  readonly #main: KittyScreen = { depth: 0, flags: 0 };
  readonly #alternate: KittyScreen = { depth: 0, flags: 0 };
  readonly #resources = new Set<number>();
  readonly #formats = new Set<number>();

  /** CSI > flags u */
  push(alternate: boolean): void {
    // Terminals keep some 8 to 32 entries and drop the oldest.
    const screen = this.#screen(alternate);
    screen.depth = Math.min(32, screen.depth + 1);
  }

  /** CSI < count u */
  pop(alternate: boolean, count: number): void {
    const screen = this.#screen(alternate);
    if (count > screen.depth) screen.flags = 0;
    screen.depth = Math.max(0, screen.depth - count);
  }

  /** CSI = flags ; way u, where 1 sets, 2 adds and 3 takes away. */
  set(alternate: boolean, flags: number, way: number): void {
    const screen = this.#screen(alternate);
    if (screen.depth > 0) return;
    screen.flags = way === 2 ? screen.flags | flags : way === 3 ? screen.flags & ~flags : flags;
  }

  /** CSI > resource ; value m: without a value it goes back, without a resource all do. */
  modify(resource: number, value: number): void {
    if (resource < 0) this.#resources.clear();
    else if (value > 0) this.#resources.add(resource);
    else this.#resources.delete(resource);
  }

  /** CSI > resource n: switched off, which is not the same as back. */
  disable(resource: number): void {
    this.#resources.add(resource);
  }

  /** CSI > resource ; value f */
  format(resource: number, value: number): void {
    if (resource < 0) this.#formats.clear();
    else if (value > 0) this.#formats.add(resource);
    else this.#formats.delete(resource);
  }

  reset(): void {
    for (const screen of [this.#main, this.#alternate]) Object.assign(screen, { depth: 0, flags: 0 });
    this.#resources.clear();
    this.#formats.clear();
  }

  /** What brings one screen's flags back, to be sent while that screen is shown. */
  undoKitty(alternate: boolean): string {
    const { depth, flags } = this.#screen(alternate);
    return (depth > 0 ? `\x1b[<${depth}u` : "") + (flags !== 0 ? "\x1b[=0;1u" : "");
  }

  undoOthers(): string {
    let out = "";
    for (const resource of this.#resources) out += `\x1b[>${resource}m`;
    for (const resource of this.#formats) out += `\x1b[>${resource}f`;
    return out;
  }

  #screen(alternate: boolean): KittyScreen {
    return alternate ? this.#alternate : this.#main;
  }
}
