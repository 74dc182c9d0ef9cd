// A session with a shell that files are written through, and how it must be afterwards; for the tests of `bide write`.

import { expect } from "bun:test";
import { readdirSync } from "node:fs";
import type { Sandbox } from "../support/sandbox.ts";

export const PROMPT = "prompt% ";

/** A shell in `box.home`; resolves when its prompt is there. */
export async function shell(box: Sandbox, argv: readonly string[], env: readonly string[] = []): Promise<void> {
  const flags = ["--cwd", box.home, "--size", "80x20", "--env", `PS1=${PROMPT}`, "--env", "HISTCONTROL=ignorespace"];
  await box.start("w", argv, [...flags, ...env.flatMap((one) => ["--env", one])]);
}

export const bash = ["bash", "--norc", "--noprofile"];

export function random(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

/** The shell obeys, its terminal echoes and edits lines, and nothing of the write is left in the directory. */
export async function shellIsFine(box: Sandbox): Promise<void> {
  await box.type("w", "stty -a | grep -c -e ' icanon' -e ' echo '; echo fi''ne\r");
  await box.printed("w", "fine\r\n");
  expect(readdirSync(box.home).filter((name) => name.startsWith(".bide-"))).toEqual([]);
}
