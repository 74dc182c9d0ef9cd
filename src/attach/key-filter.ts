// Takes the detach key out of what a person types; everything else goes on, unchanged and in order. Called by
// attach-terminal.ts for every read of the keyboard. Rules: the key counts in every encoding, cut between
// reads or beside other bytes, and never inside a bracketed paste; an unfinished escape sequence waits at most
// `holdMs`; when the press of a prefix was taken, its release does not leak.

import { concat } from "../base/byte-queue.ts";
import { monotonicMs } from "../base/clock.ts";
import type { DetachKey, KeyStep } from "./detach-key.ts";
import { type KeyEvent, matches, readCsi } from "./key-event.ts";

export interface KeyFilterOptions {
  readonly detachKey: DetachKey;
  /** Milliseconds that an unfinished escape sequence waits for its rest. */
  readonly holdMs?: number;
  /** Gets an unfinished escape sequence whose time is over (the Escape key, mostly). */
  readonly onExpired: (bytes: Uint8Array) => void;
}

export interface Filtered {
  /** For the program. A view of what was pushed or of the filter's memory: use it before the next push. */
  readonly send: Uint8Array;
  /** The detach key was pressed; bytes after it are dropped. */
  readonly detach: boolean;
}

/** Long enough for every key of the kitty protocol with its text; a longer sequence is no key. */
const MAX_SEQUENCE = 128;
const HOLD_MS = 50;
const ESC = 0x1b;

/** Typed since the prefix: the prefix and its release (ours if the second key follows), or something between. */
interface Waiting {
  readonly bytes: Uint8Array;
  readonly prefix: boolean;
}

export class KeyFilter {
  readonly #options: KeyFilterOptions;
  readonly #first: KeyStep | undefined;
  readonly #second: KeyStep | undefined;
  #state: "ground" | "escape" | "csi" | "single-shift" = "ground";
  /** The sequence so far, and how much of it has gone on already because its time was over. */
  #sequence: number[] = [];
  #passed = 0;
  #begunAt = 0;
  #inPaste = false;
  #waiting: Waiting[] = [];
  #out: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: KeyFilterOptions) {
    this.#options = options;
    [this.#first, this.#second] = options.detachKey.steps;
  }

  push(bytes: Uint8Array): Filtered {
    const first = this.#first;
    if (first === undefined) return { send: bytes, detach: false };
    clearTimeout(this.#timer);
    // Plain typing, and most of a paste: nothing in it can be the key.
    const open = this.#state !== "ground" || this.#waiting.length > 0;
    if (!open && bytes.indexOf(ESC) < 0 && (this.#inPaste || bytes.indexOf(first.byte) < 0)) {
      return { send: bytes, detach: false };
    }
    let detach = false;
    for (let at = 0; at < bytes.length && !detach; at += 1) {
      if (this.#state === "ground" && this.#waiting.length === 0) at = this.#passPlain(bytes, at);
      if (at < bytes.length) detach = this.#step(bytes[at] as number);
    }
    if (detach) this.#forget();
    else if (this.#passed > 0) this.#passHeld();
    else if (this.#sequence.length > 0) this.#arm();
    const send = concat(this.#out);
    this.#out = [];
    return { send, detach };
  }

  /** Nothing is half typed, so whatever comes next without Escape and detach key would pass as it is. */
  get idle(): boolean {
    return this.#state === "ground" && this.#waiting.length === 0 && !this.#inPaste;
  }

  /** Drops what is held and stops the timer. */
  dispose(): void {
    this.#forget();
  }

  /** Takes one byte; true when it completed the detach key. */
  #step(byte: number): boolean {
    switch (this.#state) {
      case "escape":
        return this.#afterEscape(byte);
      case "csi":
        return this.#inCsi(byte);
      case "single-shift":
        if (byte < 0x20) {
          this.#finish({ kind: "other" });
          return this.#step(byte);
        }
        this.#sequence.push(byte);
        return this.#finish({ kind: "other" });
      case "ground":
        if (byte === ESC) {
          this.#begin();
          return false;
        }
        return this.#plain(byte);
    }
  }

  #afterEscape(byte: number): boolean {
    if (byte === ESC) {
      this.#finish({ kind: "other" });
      this.#begin();
      return false;
    }
    // Escape and then the key, or the key with Alt: people must be able to leave, so it counts.
    if (byte < 0x20) {
      this.#finish({ kind: "other" });
      return this.#plain(byte);
    }
    this.#sequence.push(byte);
    if (byte === 0x5b) this.#state = "csi";
    else if (byte === 0x4f) this.#state = "single-shift";
    else return this.#finish({ kind: "other" });
    return false;
  }

  #inCsi(byte: number): boolean {
    if (byte < 0x20 || byte > 0x7e) {
      this.#finish({ kind: "other" });
      return this.#step(byte);
    }
    this.#sequence.push(byte);
    // A second [ is how the Linux console begins F1 to F5.
    if (byte < 0x40 || (byte === 0x5b && this.#sequence.length === 3)) {
      return this.#sequence.length > MAX_SEQUENCE && this.#finish({ kind: "other" });
    }
    const body = String.fromCharCode(...this.#sequence.slice(2, -1));
    if (this.#inPaste) this.#inPaste = !(body === "201" && byte === 0x7e);
    else if (body === "200" && byte === 0x7e) this.#inPaste = true;
    return this.#finish(readCsi(body, String.fromCharCode(byte)));
  }

  /** One byte that is a key of its own (or a part of a character). */
  #plain(byte: number): boolean {
    const bytes = Uint8Array.of(byte);
    if (this.#inPaste) return this.#send(bytes);
    const step = this.#waiting.length > 0 ? this.#second : this.#first;
    if (step?.byte === byte) return this.#pressed(bytes);
    if (this.#waiting.length > 0 && this.#first?.byte === byte) return this.#prefixAgain(bytes);
    return this.#send(bytes);
  }

  /** A sequence is complete, or turned out to be none. */
  #finish(event: KeyEvent): boolean {
    const bytes = Uint8Array.from(this.#sequence);
    const passed = this.#passed;
    this.#state = "ground";
    this.#sequence = [];
    this.#passed = 0;
    if (passed > 0 || this.#inPaste) return this.#send(bytes.subarray(passed));
    const first = this.#first as KeyStep;
    const waiting = this.#waiting.length > 0;
    if (event.kind === "press") {
      const step = waiting ? this.#second : first;
      if (step !== undefined && matches(step, event.key)) return this.#pressed(bytes);
      if (waiting && matches(first, event.key)) return this.#prefixAgain(bytes);
    }
    if (waiting && (event.kind === "release" || event.kind === "report")) {
      const prefix = event.kind === "release" && matches(first, { ...event.key, modifiers: first.ctrl ? 4 : 0 });
      this.#waiting.push({ bytes, prefix });
      return false;
    }
    return this.#send(bytes);
  }

  /** The key that was waited for: the end, or the prefix, which waits for its second key without limit. */
  #pressed(bytes: Uint8Array): boolean {
    if (this.#second === undefined || this.#waiting.length > 0) {
      for (const part of this.#waiting) if (!part.prefix) this.#out.push(part.bytes);
      return true;
    }
    this.#waiting.push({ bytes, prefix: true });
    return false;
  }

  /** The prefix twice types it once. */
  #prefixAgain(bytes: Uint8Array): boolean {
    this.#waiting = this.#waiting.filter((part) => !part.prefix);
    return this.#send(bytes);
  }

  #send(bytes: Uint8Array): false {
    for (const part of this.#waiting) this.#out.push(part.bytes);
    this.#waiting = [];
    this.#out.push(bytes);
    return false;
  }

  /** Bytes up to the next one that matters go on in one piece; returns where that one is. */
  #passPlain(bytes: Uint8Array, from: number): number {
    const rest = bytes.subarray(from);
    let length = rest.indexOf(ESC);
    if (length < 0) length = rest.length;
    const key = this.#inPaste ? -1 : rest.subarray(0, length).indexOf(this.#first?.byte ?? -1);
    if (key >= 0) length = key;
    if (length > 0) this.#out.push(rest.subarray(0, length));
    return from + length;
  }

  #begin(): void {
    this.#state = "escape";
    this.#sequence = [ESC];
    this.#begunAt = monotonicMs();
    this.#passed = 0;
  }

  /** The time runs from the sequence's first byte, however its rest drips in. */
  #arm(): void {
    const left = (this.#options.holdMs ?? HOLD_MS) - (monotonicMs() - this.#begunAt);
    this.#timer = setTimeout(
      () => {
        for (const part of this.#waiting) this.#out.push(part.bytes);
        this.#waiting = [];
        this.#passHeld();
        const held = concat(this.#out);
        this.#out = [];
        this.#options.onExpired(held);
      },
      Math.max(0, left),
    );
  }

  /** Its time is over: what there is of the sequence goes on, and so does its rest, whatever it turns out to be. */
  #passHeld(): void {
    this.#out.push(Uint8Array.from(this.#sequence.slice(this.#passed)));
    this.#passed = this.#sequence.length;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#state = "ground";
    this.#sequence = [];
    this.#passed = 0;
    this.#waiting = [];
  }
}
