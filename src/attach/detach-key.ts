// The key that leaves a session: one key with Ctrl (`ctrl-\`), or a prefix with Ctrl and a second key
// (`ctrl-b d`), or none. Read from --detach-key and the configuration; matched by key-filter.ts.

import { fail, ok, type Result } from "../base/result.ts";

export interface KeyStep {
  /** Unicode code point without modifiers, as the kitty protocol reports it (lower case). */
  readonly code: number;
  readonly ctrl: boolean;
  /** What the key sends in the legacy encoding. */
  readonly byte: number;
}

export interface DetachKey {
  /** As people write it, for the status row and messages. */
  readonly label: string;
  /** No step: switched off. Two steps: prefix and key. */
  readonly steps: readonly KeyStep[];
}

export const DEFAULT_DETACH_KEY: DetachKey = {
  label: "ctrl-\\",
  steps: [{ code: 0x5c, ctrl: true, byte: 0x1c }],
};

export const NO_DETACH_KEY: DetachKey = { label: "none", steps: [] };

/** Ctrl with these sends what Tab, Enter, a line feed and Escape send: detaching there would lock people out. */
const TAKEN = new Map([
  ["i", "Tab"],
  ["m", "Enter"],
  ["j", "a line feed"],
  ["[", "Escape"],
]);

/**
 * Reads `ctrl-\`, `ctrl-]`, `ctrl-b d`, `ctrl-b ctrl-d` or `none`; `C-x` and `^x` mean `ctrl-x`. Fails with
 * `bad_value` and what is allowed.
 */
export function parseDetachKey(text: string): Result<DetachKey> {
  const words = text.trim().split(/\s+/);
  if (words.length === 1 && words[0]?.toLowerCase() === "none") return ok(NO_DETACH_KEY);
  if (words.length > 2 || words[0] === "") return refuse(text, "give one key, or a prefix and a key");
  const steps: KeyStep[] = [];
  for (const word of words) {
    const step = parseStep(word);
    if (step === undefined) return refuse(text, `${JSON.stringify(word)} is no key`);
    const taken = step.ctrl ? TAKEN.get(String.fromCodePoint(step.code)) : undefined;
    if (taken !== undefined) return refuse(text, `${labelOf(step)} is ${taken} to a terminal`);
    steps.push(step);
  }
  if (steps[0]?.ctrl !== true) return refuse(text, "the first key needs Ctrl, else it could not be typed any more");
  return ok({ label: steps.map(labelOf).join(" "), steps });
}

function parseStep(word: string): KeyStep | undefined {
  const held = /^(?:ctrl[-+]|c-|\^)(.+)$/i.exec(word)?.[1];
  if (held === undefined) {
    const byte = word.charCodeAt(0);
    return word.length === 1 && byte > 0x20 && byte < 0x7f ? { code: byte, ctrl: false, byte } : undefined;
  }
  const code = held.toLowerCase() === "space" ? 0x20 : held.toLowerCase().charCodeAt(0);
  if (code !== 0x20 && held.length !== 1) return undefined;
  const letter = code >= 0x61 && code <= 0x7a;
  if (!letter && !" @[\\]^_".includes(String.fromCharCode(code))) return undefined;
  return { code, ctrl: true, byte: code === 0x20 ? 0 : code & 0x1f };
}

function labelOf(step: KeyStep): string {
  const name = step.code === 0x20 ? "space" : String.fromCodePoint(step.code);
  return step.ctrl ? `ctrl-${name}` : name;
}

function refuse(text: string, why: string) {
  return fail("bad_value", `expected a detach key, got ${JSON.stringify(text)}: ${why}`, {
    hint: "detach keys look like ctrl-\\, ctrl-], ctrl-b d or none",
  });
}
