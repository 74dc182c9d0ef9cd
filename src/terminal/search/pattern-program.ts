// A pattern as a program for many states at once (Thompson's construction): the time of a search grows with the
// text and the pattern, whatever they are, so that nobody's expression can keep a waiting command from its timeout.

import { fail, ok, type Result } from "../../base/result.ts";
import type { CharacterTest, PatternNode, Place } from "./pattern-nodes.ts";

export type Step =
  | { readonly op: "character"; readonly fits: CharacterTest }
  /** Goes on at both, the first one preferred. */
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "place"; readonly place: Place }
  | { readonly op: "match" };

/** Each character of the text may cost this many looks. */
const MOST_STEPS = 5000;

export function compilePattern(node: PatternNode): Result<Step[]> {
  const steps: Step[] = [];
  if (!emit(steps, node)) return fail("bad_value", "the regular expression is too big: its counts multiply");
  steps.push({ op: "match" });
  return ok(steps);
}

/** False when the program would be too long. */
function emit(steps: Step[], node: PatternNode): boolean {
  if (steps.length > MOST_STEPS) return false;
  switch (node.kind) {
    case "character":
      steps.push({ op: "character", fits: node.fits });
      return true;
    case "place":
      steps.push({ op: "place", place: node.place });
      return true;
    case "sequence":
      return node.parts.every((part) => emit(steps, part));
    case "choice":
      return emitChoice(steps, node.parts);
    case "repeat":
      return emitRepeat(steps, node);
  }
}

function emitChoice(steps: Step[], parts: readonly PatternNode[]): boolean {
  const ends: { op: "jump"; to: number }[] = [];
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const split = { op: "split" as const, first: steps.length + 1, second: 0 };
    if (!last) steps.push(split);
    if (!emit(steps, part)) return false;
    if (last) break;
    const jump = { op: "jump" as const, to: 0 };
    steps.push(jump);
    ends.push(jump);
    split.second = steps.length;
  }
  for (const jump of ends) jump.to = steps.length;
  return true;
}

function emitRepeat(steps: Step[], node: PatternNode & { kind: "repeat" }): boolean {
  const { part, least, most, lazy } = node;
  for (let copy = 0; copy < least; copy += 1) if (!emit(steps, part)) return false;
  if (most === Number.POSITIVE_INFINITY) {
    const at = steps.length;
    const split = { op: "split" as const, first: at + 1, second: 0 };
    steps.push(split);
    if (!emit(steps, part)) return false;
    steps.push({ op: "jump", to: at });
    split.second = steps.length;
    if (lazy) swap(split);
    return true;
  }
  const skips: { op: "split"; first: number; second: number }[] = [];
  for (let copy = least; copy < most; copy += 1) {
    const split = { op: "split" as const, first: steps.length + 1, second: 0 };
    steps.push(split);
    skips.push(split);
    if (!emit(steps, part)) return false;
  }
  for (const split of skips) {
    split.second = steps.length;
    if (lazy) swap(split);
  }
  return true;
}

function swap(split: { first: number; second: number }): void {
  [split.first, split.second] = [split.second, split.first];
}
