// Tells what a person typed or clicked from what a terminal says by itself (reports, focus, releases), in the
// bytes that a client sends. The session's input owner asks it: who typed last owns the keys and the size.
// Rule kept: the vectors of "user-input classifier"; a doubtful sequence is no input, because a wrong yes
// takes the size away from the person who is really there, and a wrong no costs one more key press.

/** What a chunk of input contained. */
export interface InputKinds {
  /** A key was pressed or text was pasted. */
  readonly typed: boolean;
  /** A mouse button was pressed: no motion, wheel or release. */
  readonly clicked: boolean;
  /** How many bytes come before the first key or click: what the terminal said by itself. All of them when there is none. */
  readonly reports: number;
}

type State = "ground" | "escape" | "csi" | "single-shift" | "linux-function" | "string" | "string-escape" | "x10-mouse";

/** Longest CSI that is remembered; the longest real one (kitty with text) has some 40 bytes. */
const MAX_CSI = 128;

/** Classifies a client's input as a stream: a report that is cut between two reads stays a report. */
export class InputClassifier {
  #state: State = "ground";
  #parameters = "";
  #mouseBytes: number[] = [];
  #typed = false;
  #clicked = false;

  push(bytes: Uint8Array): InputKinds {
    this.#typed = false;
    this.#clicked = false;
    let reports = -1;
    let begin = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#state === "ground") begin = at;
      this.#step(bytes[at] as number);
      if (reports < 0 && (this.#typed || this.#clicked)) reports = begin;
    }
    // ESC with nothing after it is the Escape key: clients wait before they send a lone one.
    if (this.#state === "escape") {
      this.#typed = true;
      if (reports < 0) reports = begin;
    }
    return { typed: this.#typed, clicked: this.#clicked, reports: reports < 0 ? bytes.length : reports };
  }

  #step(byte: number): void {
    switch (this.#state) {
      case "ground":
        if (byte === 0x1b) this.#state = "escape";
        else this.#typed = true;
        return;
      case "escape":
        this.#afterEscape(byte);
        return;
      case "single-shift":
      case "linux-function":
        // SS3 and a letter are arrows, F1 to F4 and the keypad; ESC [ [ and a letter are Linux's F1 to F5.
        this.#state = "ground";
        this.#typed = true;
        return;
      case "csi":
        this.#inCsi(byte);
        return;
      case "string":
        if (byte === 0x07 || byte === 0x18 || byte === 0x1a) this.#state = "ground";
        else if (byte === 0x1b) this.#state = "string-escape";
        return;
      case "string-escape":
        if (byte === 0x5c) this.#state = "ground";
        else this.#afterEscape(byte);
        return;
      case "x10-mouse":
        this.#mouseBytes.push(byte);
        if (this.#mouseBytes.length === 3) this.#endMouse((this.#mouseBytes[0] ?? 0) - 32);
        return;
    }
  }

  #afterEscape(byte: number): void {
    this.#state = "ground";
    if (byte === 0x5b) {
      this.#state = "csi";
      this.#parameters = "";
    } else if (byte === 0x4f) this.#state = "single-shift";
    else if (byte === 0x50 || byte === 0x58 || (byte >= 0x5d && byte <= 0x5f)) this.#state = "string";
    else {
      // Alt with a key; a second ESC may begin a sequence with Alt.
      if (byte === 0x1b) this.#state = "escape";
      this.#typed = true;
    }
  }

  #inCsi(byte: number): void {
    if (byte === 0x1b) this.#state = "escape";
    else if (byte === 0x5b && this.#parameters === "") this.#state = "linux-function";
    else if (byte < 0x40) {
      if (this.#parameters.length < MAX_CSI) this.#parameters += String.fromCharCode(byte);
      // rxvt ends Shift with an editing key in `$`, which is no final byte elsewhere.
      if (byte === 0x24 && /^\d+\$$/.test(this.#parameters)) {
        this.#state = "ground";
        this.#typed = true;
      }
    } else this.#endCsi(String.fromCharCode(byte));
  }

  #endCsi(final: string): void {
    this.#state = "ground";
    const parameters = this.#parameters;
    if (final === "M" && parameters === "") {
      this.#state = "x10-mouse";
      this.#mouseBytes = [];
    } else if (final === "M" || final === "m") {
      const button = /^<?(\d+);\d+;\d+$/.exec(parameters)?.[1];
      const code = Number(button) - (parameters.startsWith("<") ? 0 : 32);
      if (button !== undefined && final === "M") this.#endMouse(code);
    } else if (isKey(parameters, final)) this.#typed = true;
  }

  /** Bits: 32 motion, 64 wheel; 3 in the low bits is a release in the old encodings. */
  #endMouse(code: number): void {
    this.#state = "ground";
    if ((code & 0x60) === 0 && (code & 3) !== 3) this.#clicked = true;
  }
}

/** Whether these bytes alone hold a key or a paste. For a stream keep an InputClassifier. */
export function isUserInput(bytes: Uint8Array): boolean {
  return new InputClassifier().push(bytes).typed;
}

/** Whether these bytes make their sender the owner of keys and size: a key, a paste or a mouse click. */
export function claimsOwnership(bytes: Uint8Array): boolean {
  const { typed, clicked } = new InputClassifier().push(bytes);
  return typed || clicked;
}

/** kitty's third event type; a release means that the key was pressed elsewhere or before. */
const RELEASE = 3;

/** Numbers of keys that type nothing: Caps, Scroll and Num Lock, and the modifiers themselves. */
function isModifierKey(code: number): boolean {
  return (code >= 57358 && code <= 57360) || (code >= 57441 && code <= 57454);
}

/** Whether a CSI with these parameters and this final byte is the press of a key. */
function isKey(parameters: string, final: string): boolean {
  // Private markers and intermediates are only in reports; keys have digits, `;` and `:`.
  const fields = /^(\d*)(?::[\d:]*)?(?:;\d*(?::(\d+))?)?(?:;[\d:]*)?$/.exec(parameters);
  if (fields === null || Number(fields[2] ?? 1) === RELEASE) return false;
  const first = fields[1] ?? "";
  if (final === "u") return first !== "" && !isModifierKey(Number(first));
  if (final === "~" || final === "^" || final === "@") return first !== "";
  if (final === "Z" || "abcd".includes(final)) return parameters === "" || parameters.startsWith("1;");
  // CSI 1 ; 2 R is Shift-F3 and also the cursor in the first row: taken as the report.
  if ("ABCDEFHPQS".includes(final)) return parameters === "" || parameters.startsWith("1;");
  return false;
}
