// What a program tells the person behind its terminal: notifications (OSC 9, 99, 777) and progress (OSC 9;4). They
// are shown by the terminals of attached clients; here they are only heard. Part of TrackedState.

import { onOsc } from "./string-sequences.ts";
import type { Engine } from "./xterm-internals.ts";

export type Heard =
  /** Title and body in one text. */
  | { readonly kind: "notification"; readonly text: string }
  | {
      readonly kind: "progress";
      readonly progress: "none" | "running" | "failed" | "paused";
      readonly percent: number;
    };

/** UTF-16 units of a notification; more is cut by every terminal. */
const MAX_TEXT = 1024;
const LIMIT = 1 << 16;

const PROGRESS = ["none", "running", "failed", "running", "paused"] as const;

export class Notifications {
  /** Set by whoever wants to know. */
  onHeard: (heard: Heard) => void = () => {};

  constructor(engine: Engine) {
    const parser = engine._inputHandler._parser;
    onOsc(parser, 9, LIMIT, (payload) => this.#plain(payload));
    onOsc(parser, 777, LIMIT, (payload) => {
      const [verb, ...words] = payload.split(";");
      if (verb === "notify") this.#tell(words.join(": "));
    });
    onOsc(parser, 99, LIMIT, (payload) => this.#kitty(payload));
  }

  /** A text, or ConEmu's numbered commands, of which 4 is progress. */
  #plain(payload: string): void {
    const numbered = /^(\d{1,3})(?:;|$)/.exec(payload);
    if (numbered === null) return this.#tell(payload);
    const found = /^4;(\d)(?:;(\d{1,3}))?/.exec(payload);
    const progress = PROGRESS[Number(found?.[1] ?? -1)];
    if (progress !== undefined) this.onHeard({ kind: "progress", progress, percent: Number(found?.[2] ?? 0) });
  }

  /** `METADATA ; PAYLOAD` with `p=title` (the default) or `p=body`, in base64 with `e=1`. */
  #kitty(payload: string): void {
    const at = payload.indexOf(";");
    const metadata = at < 0 ? payload : payload.slice(0, at);
    const values = new Map(metadata.split(":").map((pair) => [pair.slice(0, 1), pair.slice(2)]));
    if (!["title", "body"].includes(values.get("p") ?? "title")) return;
    const text = at < 0 ? "" : payload.slice(at + 1);
    this.#tell(values.get("e") === "1" ? Buffer.from(text, "base64").toString("utf8") : text);
  }

  #tell(text: string): void {
    const shown = text.replaceAll(/[\x00-\x1f\x7f-\x9f]+/g, " ").trim();
    if (shown !== "") this.onHeard({ kind: "notification", text: shown.slice(0, MAX_TEXT) });
  }
}
