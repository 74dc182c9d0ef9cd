// Every mode by its number: what it is now, whatever keeps it (the engine or, for modes that the engine does
// not know and a person's terminal may, this table), and XTSAVE / XTRESTORE (CSI ? s, CSI ? r), which the engine
// lacks. Part of TrackedState; the snapshot, DECRQM and the read-out ask it.

import type { Engine, Params } from "./xterm-internals.ts";

/**
 * Modes that are only remembered: reverse video, autorepeat, cursor blink, 132 columns allowed, backarrow key, mouse
 * forms 1005 and 1015, alternate scroll, meta and keypad forms, grapheme clusters, size reports. All start reset, save
 * two.
 */
const REMEMBERED = [5, 8, 12, 40, 67, 1005, 1007, 1015, 1034, 1035, 1036, 1039, 2027, 2048] as const;
const START_SET: readonly number[] = [8, 1035];
/** The alternate screen in its three forms, and the cursor of 1049. */
const SCREENS: readonly number[] = [47, 1047, 1049];

export class Modes {
  /** Modes of REMEMBERED that a program set or reset itself. */
  remembered = new Map<number, boolean>();
  /** XTSAVE's values. */
  saved = new Map<number, boolean>();
  /** Whether a program ever asked for reports of the colour scheme (2031). */
  everReported = false;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    const parser = engine._inputHandler._parser;
    parser.registerCsiHandler({ prefix: "?", final: "h" }, (params) => this.#remember(params, true));
    parser.registerCsiHandler({ prefix: "?", final: "l" }, (params) => this.#remember(params, false));
    parser.registerCsiHandler({ prefix: "?", final: "s" }, (params) => {
      for (const mode of list(params)) {
        const value = this.private(mode);
        if (value !== undefined) this.saved.set(mode, value);
      }
      return true;
    });
    parser.registerCsiHandler({ prefix: "?", final: "r" }, (params) => {
      for (const mode of list(params)) {
        const value = this.saved.get(mode);
        if (value !== undefined) this.#apply(mode, value);
      }
      return true;
    });
  }

  /** DEC private mode `mode`; undefined when it is not known. */
  private(mode: number): boolean | undefined {
    const { coreService, mouseStateService, _bufferService } = this.#engine;
    const dec = coreService.decPrivateModes;
    switch (mode) {
      case 1:
        return dec.applicationCursorKeys;
      case 6:
        return dec.origin;
      case 7:
        return dec.wraparound;
      case 9:
        return mouseStateService.activeProtocol === "X10";
      case 25:
        return !coreService.isCursorHidden;
      case 45:
        return dec.reverseWraparound;
      case 66:
        return dec.applicationKeypad;
      case 1000:
        return mouseStateService.activeProtocol === "VT200";
      case 1002:
        return mouseStateService.activeProtocol === "DRAG";
      case 1003:
        return mouseStateService.activeProtocol === "ANY";
      case 1004:
        return dec.sendFocus;
      case 1006:
        return mouseStateService.activeEncoding === "SGR";
      case 1016:
        return mouseStateService.activeEncoding === "SGR_PIXELS";
      case 2004:
        return dec.bracketedPasteMode;
      case 2026:
        return dec.synchronizedOutput;
      case 2031:
        return dec.colorSchemeUpdates;
    }
    if (SCREENS.includes(mode)) return _bufferService.buffers.active === _bufferService.buffers.alt;
    if ((REMEMBERED as readonly number[]).includes(mode)) {
      return this.remembered.get(mode) ?? START_SET.includes(mode);
    }
    return undefined;
  }

  /** ANSI mode `mode`: insert (4) and line feed (20); undefined when it is not known. */
  ansi(mode: number): boolean | undefined {
    if (mode === 4) return this.#engine.coreService.modes.insertMode;
    return mode === 20 ? this.#engine.options.convertEol : undefined;
  }

  reset(): void {
    this.remembered.clear();
    this.saved.clear();
    // The engine's full reset forgets these two.
    this.#engine.options.convertEol = false;
    this.#engine.coreService.isCursorHidden = false;
  }

  #remember(params: Params, on: boolean): boolean {
    for (const mode of list(params)) {
      if ((REMEMBERED as readonly number[]).includes(mode)) this.remembered.set(mode, on);
      else if (mode === 2031) this.everReported = true;
    }
    return false;
  }

  #apply(mode: number, on: boolean): void {
    const input = this.#engine._inputHandler;
    const one = { length: 1, params: Int32Array.of(mode) };
    if ((REMEMBERED as readonly number[]).includes(mode)) this.remembered.set(mode, on);
    else if (on) input.setModePrivate(one);
    // Resetting the mode of one mouse protocol would switch off another one.
    else if (this.private(mode) === true) input.resetModePrivate(one);
  }
}

function list(params: Params): number[] {
  return Array.from(params.params.subarray(0, params.length));
}
