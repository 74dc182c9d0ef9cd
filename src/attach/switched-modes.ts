// Which private modes (CSI ? n h / l) and ANSI modes (CSI n h / l) of the outer terminal are not as they were.
// Kept by mode-tracker.ts, undone by restore.ts. What a mode was before is known for the common ones; of any
// other one it is taken that the first change changed something.

const OFF = [
  1, 5, 6, 9, 12, 45, 66, 67, 69, 80, 95, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2026, 2031, 2048,
  8452, 9001,
];
const ON = [7, 8, 25];

/** VT52 mode, 132 columns (which would clear the screen) and the cursor's save slot are no settings to go back to. */
const NOT_SETTINGS = [2, 3, 1048];

/** The alternate screen's three ways. */
export const ALTERNATE_SCREENS: readonly number[] = [47, 1047, 1049];

export class SwitchedModes {
  #before = new Map<number, boolean>();
  #now = new Map<number, boolean>();
  #saved = new Map<number, boolean>();

  constructor() {
    this.reset();
  }

  /** A full reset: whatever was, is as when the terminal was switched on. */
  reset(): void {
    this.#before = new Map([...OFF.map(off), ...ON.map(on)]);
    this.#now = new Map();
    this.#saved = new Map();
  }

  set(mode: number, value: boolean): void {
    if (NOT_SETTINGS.includes(mode) || ALTERNATE_SCREENS.includes(mode)) return;
    if (!this.#before.has(mode)) this.#before.set(mode, !value);
    this.#now.set(mode, value);
  }

  get(mode: number): boolean {
    return this.#now.get(mode) ?? this.#before.get(mode) ?? false;
  }

  /** Whether a program said anything about it. */
  touched(mode: number): boolean {
    return this.#now.has(mode);
  }

  /** XTSAVE and XTRESTORE (CSI ? n s / r). */
  save(mode: number): void {
    this.#saved.set(mode, this.get(mode));
  }

  bringBack(mode: number): void {
    const value = this.#saved.get(mode);
    if (value !== undefined) this.set(mode, value);
  }

  /** Modes to switch on and off again, so that all are as before. */
  undo(): { on: number[]; off: number[] } {
    const changed = [...this.#now].filter(([mode, value]) => value !== this.#before.get(mode));
    return {
      on: changed.filter(([, value]) => !value).map(([mode]) => mode),
      off: changed.filter(([, value]) => value).map(([mode]) => mode),
    };
  }
}

function off(mode: number): [number, boolean] {
  return [mode, false];
}

function on(mode: number): [number, boolean] {
  return [mode, true];
}
