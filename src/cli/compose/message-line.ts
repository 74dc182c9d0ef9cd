// The one line that a person writes in `bide compose`, and the keys that edit it. The rule: nothing of what is typed
// reaches the session before Enter, and a paste never does anything but add text.

import { type Disposable, timeout } from "../../base/disposable.ts";

export interface MessageHandlers {
  changed(): void;
  send(text: string): void;
  quit(): void;
}

const PASTE_BEGINS = "\x1b[200~";
const PASTE_ENDS = "\x1b[201~";
/** A lone Escape is the key; the rest of a sequence follows at once. */
const ESCAPE_MS = 50;
/** More than this is no message; the paste is cut there. */
const MOST = 64 * 1024;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export class MessageLine implements Disposable {
  text = "";
  readonly #handlers: MessageHandlers;
  readonly #decoder = new TextDecoder();
  #held = "";
  #pasting = false;
  #escape: Disposable | undefined;

  constructor(handlers: MessageHandlers) {
    this.#handlers = handlers;
  }

  push(bytes: Uint8Array): void {
    this.#escape?.dispose();
    let input = this.#held + this.#decoder.decode(bytes, { stream: true });
    this.#held = "";
    while (input !== "") {
      const rest = this.#pasting ? this.#paste(input) : this.#key(input);
      if (rest === undefined) {
        this.#held = input;
        if (!this.#pasting) this.#escape = timeout(ESCAPE_MS, () => this.#handlers.quit());
        break;
      }
      input = rest;
    }
    this.#handlers.changed();
  }

  dispose(): void {
    this.#escape?.dispose();
  }

  /** Handles one key and returns what follows it; undefined when it is not complete. */
  #key(input: string): string | undefined {
    if (input.startsWith(PASTE_BEGINS)) {
      this.#pasting = true;
      return input.slice(PASTE_BEGINS.length);
    }
    if (input.startsWith("\x1b")) {
      const sequence = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[^[O])/.exec(input)?.[0];
      return sequence === undefined ? undefined : input.slice(sequence.length);
    }
    const [key = ""] = input;
    if (key === "\r" || key === "\n") this.#send();
    else if (key === "\x03" || key === "\x04") this.#handlers.quit();
    else if (key === "\x7f" || key === "\b")
      this.text = [...graphemes.segment(this.text)]
        .slice(0, -1)
        .map(({ segment }) => segment)
        .join("");
    else if (key === "\x15") this.text = "";
    else if (key === "\x17") this.text = this.text.replace(/\S*\s*$/, "");
    else if (key === "\t" || key >= " ") this.#add(key);
    return input.slice(key.length);
  }

  #paste(input: string): string | undefined {
    const end = input.indexOf(PASTE_ENDS);
    // The end may be cut between two reads.
    const sure = end >= 0 ? end : input.lastIndexOf("\x1b") >= 0 ? input.lastIndexOf("\x1b") : input.length;
    this.#add(input.slice(0, sure).replace(/\r\n?/g, "\n"));
    if (end >= 0) {
      this.#pasting = false;
      return input.slice(end + PASTE_ENDS.length);
    }
    const rest = input.slice(sure);
    if (rest.length < PASTE_ENDS.length) {
      this.#held = rest;
      return "";
    }
    // An Escape that ends nothing is a part of the text, and none that a message should have.
    return rest.slice(1);
  }

  #add(text: string): void {
    this.text = (this.text + text).slice(0, MOST);
  }

  #send(): void {
    const { text } = this;
    this.text = "";
    this.#handlers.send(text);
  }
}
