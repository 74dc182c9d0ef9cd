// Proves which bytes of a client count as its user's input, with the field's vectors and every report that a
// terminal sends by itself.

import { describe, expect, test } from "bun:test";
import { claimsOwnership, InputClassifier, isUserInput } from "./key-classifier.ts";

const encoder = new TextEncoder();

function kindsOf(text: string, chunk = Number.POSITIVE_INFINITY): { typed: boolean; clicked: boolean } {
  const classifier = new InputClassifier();
  const bytes = typeof text === "string" ? Uint8Array.from(text, (character) => character.charCodeAt(0)) : text;
  const kinds = { typed: false, clicked: false };
  for (let at = 0; at < bytes.length; at += chunk) {
    const found = classifier.push(bytes.subarray(at, at + chunk));
    kinds.typed ||= found.typed;
    kinds.clicked ||= found.clicked;
  }
  return kinds;
}

const typed: Record<string, string> = {
  text: "a",
  "several letters": "hello",
  space: " ",
  CR: "\r",
  LF: "\n",
  Tab: "\t",
  BS: "\b",
  DEL: "\x7f",
  NUL: "\0",
  "Ctrl-C": "\x03",
  "Ctrl-D": "\x04",
  Escape: "\x1b",
  "Alt and a letter": "\x1bx",
  "Alt and Escape": "\x1b\x1b",
  Delete: "\x1b[3~",
  "Page Up": "\x1b[5~",
  "Page Down": "\x1b[6~",
  "Up in application mode": "\x1bOA",
  "Down in application mode": "\x1bOB",
  "Right in application mode": "\x1bOC",
  "Left in application mode": "\x1bOD",
  "F1 as SS3": "\x1bOP",
  "plain Up": "\x1b[A",
  "plain Home": "\x1b[H",
  "Ctrl-Up": "\x1b[1;5A",
  "Ctrl-Left": "\x1b[1;5D",
  "Ctrl-Home": "\x1b[1;5H",
  "Shift-F5": "\x1b[15;2~",
  "Shift-Tab": "\x1b[Z",
  "kitty key": "\x1b[11;2u",
  "kitty key with event type press": "\x1b[102;1:1u",
  "kitty key with event type repeat": "\x1b[102;1:2u",
  "kitty key with alternates and text": "\x1b[97:65;2;65u",
  "kitty arrow with event type": "\x1b[1;1:1A",
  "kitty F1": "\x1b[P",
  modifyOtherKeys: "\x1b[27;5;92~",
  "Linux F1": "\x1b[[A",
  "rxvt Shift-Delete": "\x1b[3$",
  "rxvt Ctrl-Delete": "\x1b[3^",
  "rxvt Shift-Up": "\x1b[a",
  "bracketed paste": "\x1b[200~pasted\x1b[201~",
  "an empty paste": "\x1b[200~\x1b[201~",
  "a key after a report": "\x1b[?62;22cx",
  "a key before a report": "x\x1b[2;1R",
};

const notTyped: Record<string, string> = {
  nothing: "",
  "cursor position": "\x1b[2;1H",
  SGR: "\x1b[0m",
  "a query": "\x1b[6n",
  "kitty release": "\x1b[102;1:3u",
  "kitty release of an arrow": "\x1b[1;1:3A",
  "kitty release of Delete": "\x1b[3;1:3~",
  "kitty press of Shift alone": "\x1b[57441;2:1u",
  "focus in": "\x1b[I",
  "focus out": "\x1b[O",
  "SGR mouse motion": "\x1b[<35;10;20M",
  "SGR mouse press": "\x1b[<0;10;20M",
  "SGR mouse release": "\x1b[<0;10;20m",
  "X10 mouse": "\x1b[M !!",
  "X10 mouse with coordinates that look like keys": "\x1b[M#ab",
  "urxvt mouse": "\x1b[35;10;20M",
  DA1: "\x1b[?62;22c",
  DA2: "\x1b[>41;370;0c",
  DA3: "\x1bP!|00000000\x1b\\",
  "cursor report": "\x1b[12;40R",
  "cursor report in the first row": "\x1b[1;2R",
  DECXCPR: "\x1b[?1;1;1R",
  "status report": "\x1b[0n",
  "mode report": "\x1b[?2026;2$y",
  "kitty flags": "\x1b[?1u",
  "size report": "\x1b[8;24;80t",
  "in-band resize": "\x1b[48;24;80;480;800t",
  "theme report": "\x1b[?997;1n",
  "colour reply ended by BEL": "\x1b]11;rgb:1111/2222/3333\x07",
  "colour reply ended by ST": "\x1b]11;rgb:1111/2222/3333\x1b\\",
  "setting reply": "\x1bP1$r0m\x1b\\",
  XTVERSION: "\x1bP>|xterm(370)\x1b\\",
  "graphics reply": "\x1b_Gi=1;OK\x1b\\",
};

describe("typed", () => {
  for (const [title, bytes] of Object.entries(typed)) {
    test(`${title}, yes`, () => {
      expect(isUserInput(encoder.encode(bytes))).toBe(true);
      expect(kindsOf(bytes, 1).typed).toBe(true);
    });
  }
  for (const [title, bytes] of Object.entries(notTyped)) {
    test(`${title}, no`, () => {
      expect(isUserInput(encoder.encode(bytes))).toBe(false);
    });
    // The one ambiguity: a read that ends in ESC is the Escape key.
    test(`${title} cut anywhere but after its ESC, no`, () => {
      for (let cut = 1; cut < bytes.length; cut += 1) {
        if (bytes[cut - 1] === "\x1b") continue;
        const classifier = new InputClassifier();
        expect(classifier.push(encoder.encode(bytes.slice(0, cut))).typed).toBe(false);
        expect(classifier.push(encoder.encode(bytes.slice(cut))).typed).toBe(false);
      }
    });
  }

  test("text that is not ASCII, yes", () => {
    expect(isUserInput(encoder.encode("ü"))).toBe(true);
    expect(isUserInput(encoder.encode("😀"))).toBe(true);
  });
});

test("keys and clicks claim ownership, what a terminal says by itself does not", () => {
  expect(claimsOwnership(encoder.encode("a"))).toBe(true);
  expect(claimsOwnership(encoder.encode("\x1b[<0;10;20M"))).toBe(true);
  expect(claimsOwnership(encoder.encode("\x1b[<35;10;20M\x1b[I\x1b[?62;22c"))).toBe(false);
});

describe("clicked", () => {
  test("a button pressed in SGR, X10 and urxvt encoding, yes", () => {
    for (const bytes of [
      "\x1b[<0;10;20M",
      "\x1b[<2;1;1M",
      "\x1b[<16;1;1M",
      "\x1b[M !!",
      "\x1b[M\x22\xff\xff",
      "\x1b[32;10;20M",
    ]) {
      expect(kindsOf(bytes)).toEqual({ typed: false, clicked: true });
      expect(kindsOf(bytes, 3).clicked).toBe(true);
    }
  });

  test("releases, motion and wheel, no", () => {
    const others = ["\x1b[<0;10;20m", "\x1b[<35;1;1M", "\x1b[<32;1;1M", "\x1b[<64;1;1M", "\x1b[<65;1;1M", "\x1b[M#!!"];
    for (const bytes of [...others, "\x1b[M`!!", "\x1b[35;1;1M", "\x1b[M@!!", "\x1b[96;1;1M"]) {
      expect(kindsOf(bytes)).toEqual({ typed: false, clicked: false });
    }
  });
});

test("what a terminal says before the first key or click, counted by its bytes", () => {
  const reports = (text: string) => new InputClassifier().push(encoder.encode(text)).reports;
  const answers = "\x1b[0n\x1b]11;rgb:0/0/0\x07\x1b[24;80R";
  expect(reports(`${answers}x${answers}`)).toBe(answers.length);
  expect(reports(`${answers}\x1b[A`)).toBe(answers.length);
  expect(reports(`${answers}\x1b[<0;1;1M`)).toBe(answers.length);
  expect(reports(`${answers}\x1b`)).toBe(answers.length);
  expect(reports(answers)).toBe(answers.length);
  expect(reports(`x${answers}`)).toBe(0);
  const cut = new InputClassifier();
  cut.push(encoder.encode("\x1b[24;"));
  expect(cut.push(encoder.encode("80Rx")).reports).toBe(3);
});
