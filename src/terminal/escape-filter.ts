// Tells text from everything that is an instruction to a terminal, one code point at a time. Used by
// `sanitize.ts`. Rule kept: the sanitizer contract of faults "5. Security notes": ESC, CSI, OSC, DCS, APC,
// PM and SOS are dropped whole, in their 7-bit and 8-bit forms; strings end with ST, BEL, CAN, SUB or,
// as in every terminal, with the ESC that begins something new.

type State = "ground" | "escape" | "intermediate" | "csi" | "string";

/** What to do with a code point: show it, carry out a C0 control, carry out a finished CSI, or nothing. */
export type Step = "text" | "control" | "csi" | "nothing";

/** Counts past this are as good as infinite; it keeps the arithmetic in small integers. */
const MAX_PARAMETER = 0xffff;

export class EscapeFilter {
  #state: State = "ground";
  #parameter = -1;
  #plain = true;
  #firstOnly = true;
  #final = "";

  /** Whether the next printable character is text. */
  get idle(): boolean {
    return this.#state === "ground";
  }

  /** After "csi": its final character if it has no private marker and no intermediate, else "". */
  get final(): string {
    return this.#plain ? this.#final : "";
  }

  /** After "csi": the first parameter, or `absent` when there is none. */
  parameter(absent: number): number {
    return this.#parameter < 0 ? absent : this.#parameter;
  }

  /** Forgets a sequence that was begun: the stream is over. */
  end(): void {
    this.#state = "ground";
  }

  step(codePoint: number): Step {
    if (this.#state === "string") return this.#inString(codePoint);
    if (codePoint < 0x20) return this.#control(codePoint);
    if (codePoint >= 0x7f && codePoint <= 0x9f) return this.#eightBit(codePoint);
    switch (this.#state) {
      case "ground":
        return "text";
      case "escape":
        return this.#afterEscape(codePoint);
      case "intermediate":
        return this.#afterIntermediate(codePoint);
      case "csi":
        return this.#inCsi(codePoint);
    }
  }

  #inString(codePoint: number): Step {
    if (codePoint === 0x1b) this.#state = "escape";
    else if (codePoint === 0x9c || codePoint === 0x07 || codePoint === 0x18 || codePoint === 0x1a) {
      this.#state = "ground";
    }
    return "nothing";
  }

  /** Controls act in the middle of a sequence without ending it, as in a terminal; CAN and SUB end it. */
  #control(codePoint: number): Step {
    if (codePoint === 0x1b) this.#state = "escape";
    else if (codePoint === 0x18 || codePoint === 0x1a) this.#state = "ground";
    else return "control";
    return "nothing";
  }

  #eightBit(codePoint: number): Step {
    if (codePoint === 0x7f) return "nothing";
    if (codePoint === 0x9b) this.#beginCsi();
    else this.#state = isStringIntroducer(codePoint - 0x40) ? "string" : "ground";
    return "nothing";
  }

  #afterEscape(codePoint: number): Step {
    if (codePoint === 0x5b) this.#beginCsi();
    else if (isStringIntroducer(codePoint)) this.#state = "string";
    else return this.#afterIntermediate(codePoint);
    return "nothing";
  }

  #afterIntermediate(codePoint: number): Step {
    if (codePoint <= 0x2f) {
      this.#state = "intermediate";
      return "nothing";
    }
    this.#state = "ground";
    // Not ASCII: no sequence continues like this, so it is text again and not lost.
    return codePoint > 0x9f ? "text" : "nothing";
  }

  #inCsi(codePoint: number): Step {
    if (codePoint > 0x9f) {
      this.#state = "ground";
      return "text";
    }
    if (codePoint >= 0x40) {
      this.#state = "ground";
      this.#final = String.fromCharCode(codePoint);
      return "csi";
    }
    if (codePoint >= 0x30 && codePoint <= 0x39) {
      const value = Math.max(this.#parameter, 0) * 10 + codePoint - 0x30;
      if (this.#firstOnly) this.#parameter = Math.min(value, MAX_PARAMETER);
    } else if (codePoint === 0x3a || codePoint === 0x3b) this.#firstOnly = false;
    else this.#plain = false;
    return "nothing";
  }

  #beginCsi(): void {
    this.#state = "csi";
    this.#parameter = -1;
    this.#plain = true;
    this.#firstOnly = true;
  }
}

/** DCS, SOS, OSC, PM and APC, by the character after ESC (the 8-bit form is 0x40 higher). */
function isStringIntroducer(codePoint: number): boolean {
  return codePoint === 0x50 || codePoint === 0x58 || (codePoint >= 0x5d && codePoint <= 0x5f);
}
