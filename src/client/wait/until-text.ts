// Waits for text: in the lines that are printed, and on the screen where a program draws it piece by piece. Reads
// the log by offset, so a session that prints faster than this looks is never slowed; while nothing is printed one
// request waits in the worker. Goes on in the files when the worker is done.

import { BideError } from "../../base/errors.ts";
import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";
import { logPieces } from "../log-pieces.ts";
import type { RecordedSession } from "../recorded-session.ts";
import type { FoundText, Search } from "./condition.ts";
import { addressesScreen, findIn, LineFinder } from "./line-finder.ts";

const PIECE_BYTES = 256 * 1024;
/** How far back the beginning of the line is looked for that the cursor stands in. */
const LINE_WINDOW = 64 * 1024;
/** A program that redraws for ever has its screen read this often. */
const SCREEN_MS = 100;
const LINE_FEED = 10;

export interface TextLook {
  /** Offset to begin at; undefined: what is on the screen, then what is printed. */
  readonly from: number | undefined;
  readonly signal: AbortSignal;
  /** Called when all that there was has been looked at. */
  readonly onCaughtUp: () => void;
}

/** Takes what was found; true: that is enough. */
type Take = (found: FoundText) => boolean | Promise<boolean>;

/** Resolves to true when `take` had enough, to false when the session ended, or had ended already, before that. */
export async function untilText(
  recorded: RecordedSession,
  search: Search,
  { from, signal, onCaughtUp }: TextLook,
  take: Take,
): Promise<boolean> {
  const onScreen = new ScreenFinder(recorded, search);
  let at = from ?? 0;
  if (from === undefined) {
    for (const found of await onScreen.look()) if (await take(found)) return true;
    if (onScreen.offset !== undefined) at = await startOfLine(recorded, onScreen.offset);
  }
  const finder = new LineFinder(search, at);
  // What stands on the screen has been found there; the line that the cursor stands in may still grow.
  finder.skip(onScreen.lines, onScreen.offset ?? 0);
  let drawn = false;
  while (!signal.aborted) {
    const piece = await recorded.readLog(at, PIECE_BYTES);
    // What was never stored (a full disk) can only be seen on the screen.
    const missing = piece.offset > at || piece.next > piece.offset + piece.bytes.length;
    drawn ||= addressesScreen(piece.bytes) || missing;
    const found = [...(piece.offset > at ? finder.gap(piece.offset) : []), ...finder.write(piece.bytes)];
    const stuck = piece.next <= at;
    at = Math.max(at, piece.next);
    const caughtUp = at >= piece.end || stuck;
    if (caughtUp) found.push(...finder.pending());
    for (const one of found) {
      // What was printed stands on the screen now, and was found.
      onScreen.lines.add(one.line);
      if (await take(one)) return true;
    }
    if (!caughtUp) continue;
    if (drawn) {
      for (const one of await onScreen.look()) if (await take(one)) return true;
      drawn = false;
    }
    if (piece.ended) return false;
    onCaughtUp();
    await moreThan(recorded, at);
  }
  return false;
}

/** Finds rows of the screen; a row that was there at the last look is not found again. */
class ScreenFinder {
  readonly #recorded: RecordedSession;
  readonly #search: Search;
  #lookedMs = Number.NEGATIVE_INFINITY;
  /** What was found at the last look. */
  lines = new Set<string>();
  /** Of the first byte that the last look did not see; undefined when there was no screen to look at. */
  offset: number | undefined;

  constructor(recorded: RecordedSession, search: Search) {
    this.#recorded = recorded;
    this.#search = search;
  }

  async look(): Promise<FoundText[]> {
    await pause(this.#lookedMs + SCREEN_MS - performance.now());
    const state = await screenOf(this.#recorded);
    this.#lookedMs = performance.now();
    if (state === undefined) return [];
    this.offset = state.offset;
    const found = joinedRows(state).flatMap((line) => findIn(this.#search, line, null) ?? []);
    const fresh = found.filter(({ line }) => !this.lines.has(line));
    this.lines = new Set(found.map(({ line }) => line));
    return fresh;
  }
}

/** Rows that the program's lines were wrapped into, joined again. */
function joinedRows({ lines }: ScreenStatePayload): string[] {
  const joined: string[] = [];
  let line = "";
  for (const { text, wrapped } of lines) {
    line += text;
    if (wrapped) continue;
    joined.push(line);
    line = "";
  }
  return joined;
}

/** Undefined when there is no worker to ask. */
async function screenOf({ worker }: RecordedSession): Promise<ScreenStatePayload | undefined> {
  return worker?.request("screen.state", {}).catch(whenGone);
}

/** Resolves when there is output behind an offset, or there never will be. */
async function moreThan({ worker }: RecordedSession, offset: number): Promise<void> {
  await worker?.request("session.wait", { condition: { until: "output", offset } }).catch(whenGone);
}

function whenGone(error: unknown): undefined {
  if (!(error instanceof BideError && error.code === "worker_unreachable")) throw error;
  return undefined;
}

async function startOfLine(recorded: RecordedSession, offset: number): Promise<number> {
  const from = Math.max(0, offset - LINE_WINDOW);
  let start = offset;
  for await (const piece of logPieces(recorded, { from, to: offset })) {
    const end = piece.bytes.lastIndexOf(LINE_FEED);
    if (end >= 0) start = piece.offset + end + 1;
    // Nothing but the beginning of the line has been seen so far.
    else if (start === offset) start = piece.offset;
  }
  return start;
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
