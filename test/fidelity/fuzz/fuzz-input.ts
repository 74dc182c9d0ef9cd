// One input of the fuzzer, the same for the same seed: what a program may print, what only an attacker would, and both
// with bytes flipped, cut and repeated; and the sizes of the screen that it is fed to.

import { RandomStream } from "../../support/random-streams.ts";

export interface FuzzInput {
  readonly rows: number;
  readonly cols: number;
  readonly scrollback: number;
  readonly bytes: Uint8Array;
}

const HUGE = ["2147483647", "4294967296", "65535", "99999", "-1", "0", "", "1", "7"];
const FINALS = [..."@ABCDEFGHIJKLMPSTXZ^`abcdefghilmnpqrstuwxyz{|}~"];
const PREFIXES = ["", "", "", "?", ">", "=", "<", "!", "$"];
const INTERMEDIATES = ["", "", "", " ", "!", '"', "#", "$", "'", "*", "+"];
const OSC = [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 17, 19, 22, 52, 99, 104, 110, 111, 112, 133, 633, 777, 1337];
const RAW = ["\x1b", "\x9b", "\x9d", "\x90", "\x98", "\x9f", "\x07", "\x18", "\x1a", "\0", "\x7f", "\x8e", "\x85"];
const MARKS = ["\u0301", "\u200d", "\ufe0f", "\u{e0101}", "\u{1f1e9}", "\u1161", "\u200b", "\u202e"];

export function fuzzInput(seed: number): FuzzInput {
  const random = new RandomStream(seed);
  const rows = random.pick([1, 2, 3, 5, 12, 24]);
  const cols = random.pick([1, 2, 3, 7, 20, 80]);
  const scrollback = random.pick([0, 1, 20]);
  let text = "";
  for (let part = 1 + random.below(5); part > 0; part -= 1) {
    text += random.below(2) === 0 ? random.anything(1 + random.below(40), rows + 1, cols) : hostile(random);
  }
  return { rows, cols, scrollback, bytes: broken(random, new TextEncoder().encode(text)) };
}

function hostile(random: RandomStream): string {
  let text = "";
  for (let part = 1 + random.below(12); part > 0; part -= 1) {
    switch (random.below(7)) {
      case 0:
      case 1:
      case 2:
        text += `\x1b[${random.pick(PREFIXES)}${numbers(random)}${random.pick(INTERMEDIATES)}${random.pick(FINALS)}`;
        break;
      case 3:
        text += `\x1b]${random.pick(OSC)};${payload(random)}${random.pick(["\x07", "\x1b\\", ""])}`;
        break;
      case 4:
        text += `\x1b${random.pick(["P", "_", "^", "X", "Ptmux;"])}${payload(random)}${random.pick(["\x1b\\", "\x18", ""])}`;
        break;
      case 5:
        text += random.pick(RAW) + random.pick(["", "x", "漢"]);
        break;
      default:
        text += `a${random.pick(MARKS).repeat(1 + random.below(30))}`;
    }
  }
  return text;
}

function numbers(random: RandomStream): string {
  let text = "";
  for (let more = random.below(4); more > 0; more -= 1) text += random.pick(HUGE) + random.pick([";", ";", ":"]);
  return text + random.pick(HUGE);
}

function payload(random: RandomStream): string {
  const piece = random.pick([
    "?",
    "x",
    "id=1;http://a",
    "#ffffff",
    "1;?;2;?",
    "$qm",
    "+q544e",
    "漢",
    "A",
    "D;3",
    "file:///x",
  ]);
  return piece.repeat(1 + random.below(4)) + random.pick(["", "\x1b", "\x9c", ";", "\u202e"]);
}

function broken(random: RandomStream, bytes: Uint8Array): Uint8Array {
  if (random.below(2) === 0) return bytes;
  for (let flips = random.below(6); flips > 0; flips -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return bytes.subarray(0, 1 + random.below(bytes.length));
}
