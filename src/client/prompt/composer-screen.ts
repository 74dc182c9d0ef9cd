// What the screen of a program with a composer (the line or box that one types a prompt into) tells about it: where
// its cursor is, what stands before it, whether a question waits instead. Pure functions over `screen.state`;
// submit-prompt.ts asks them. They know no program in particular: what is compared is the program with itself, before
// and after.

import type { ScreenStatePayload } from "../../protocol/worker-messages.ts";

type ScreenRow = ScreenStatePayload["lines"][number];

export interface Place {
  readonly row: number;
  readonly col: number;
}

/** Rows from the last one with text that a question is looked for in. */
const QUESTION_ROWS = 16;
/** So much of the end of a draft says which one it is. */
const TAIL = 24;

/**
 * The cursor: the terminal's, or the single inverse cell that programs draw which hide it. A program that shows neither
 * has left the terminal's where it drew last.
 */
export function cursorOf({ cursor, lines }: ScreenStatePayload): Place {
  if (cursor.visible) return cursor;
  for (let row = lines.length - 1; row >= 0; row -= 1) {
    const runs = runsOf(lines[row]).filter(({ cells, inverse }) => cells === 1 && inverse === true);
    const last = runs.at(-1);
    if (last !== undefined) return { row, col: last.col };
  }
  return cursor;
}

/** The text of the cursor's row before the cursor; of the rows that wrapped into it too. */
export function textBeforeCursor(state: ScreenStatePayload): string {
  const { row, col } = cursorOf(state);
  let before = textBefore(state.lines[row], col);
  for (let above = row - 1; state.lines[above]?.wrapped === true; above -= 1) {
    before = `${state.lines[above]?.text ?? ""}${before}`;
  }
  return before;
}

/** The screens before typing, after typing and now: whether what was typed still waits in the composer. */
export function draftRemains(empty: ScreenStatePayload, typed: ScreenStatePayload, now: ScreenStatePayload): boolean {
  const [before, with_, at] = [textBeforeCursor(empty), textBeforeCursor(typed), textBeforeCursor(now)];
  const draft = tailOf(with_.slice(commonStart(before, with_)));
  if (draft === "") return lastNewRowRemains(empty, typed, now);
  if (tidy(at).endsWith(draft)) return true;
  // Enter made a new line: the cursor stands below the draft, on a row that is not the empty composer's. In the first
  // column it has left the composer, as in a program that reads lines.
  const isNewLine = at !== "" && !/[\p{L}\p{N}]/u.test(at) && at.trim() !== before.trim();
  if (!isNewLine) return false;
  const above = now.lines.slice(0, cursorOf(now).row).map(({ text }) => tidy(text));
  return above.findLast((row) => row !== "")?.endsWith(draft) === true;
}

/** Whether typing has shown. */
export function typingShows(empty: ScreenStatePayload, typed: ScreenStatePayload, text: string): boolean {
  if (textBeforeCursor(empty) !== textBeforeCursor(typed)) return true;
  const [before, after] = [cursorOf(empty), cursorOf(typed)];
  if (before.row !== after.row || before.col !== after.col) return true;
  const tail = tailOf(text);
  return rowsWith(typed, tail) > rowsWith(empty, tail);
}

/** Why the program cannot take a prompt now: it asks something. Undefined when it does not seem to. */
export function questionOn(state: ScreenStatePayload): string | undefined {
  const rows = state.lines.map(({ text }) => withoutFrame(text));
  while (rows.length > 0 && rows.at(-1) === "") rows.pop();
  const last = rows.slice(-QUESTION_ROWS);
  const chosen = last.findIndex((row) => /^[❯›▶●➤→>]\s*\(?[1-9][.)]\s+\S/.test(row));
  const isOption = (row: string | undefined) => row !== undefined && /^\(?[1-9][.)]\s+\S/.test(row);
  if (chosen >= 0 && (isOption(last[chosen + 1]) || isOption(last[chosen - 1]))) {
    const above = last.slice(0, chosen).findLast((row) => /\S/.test(row) && !isOption(row));
    return `it asks: ${above ?? last[chosen]}`;
  }
  const { row } = cursorOf(state);
  const asked = [rows[row], rows.at(-1)].find(
    (line) => line !== undefined && /[([](?:y\/n|yes\/no)(?:\/[^)\]]*)?[)\]]\W*$/i.test(line),
  );
  return asked === undefined ? undefined : `it asks: ${asked}`;
}

/** Nothing is to be seen at the cursor: the last row that typing added says whether it is still there. */
function lastNewRowRemains(empty: ScreenStatePayload, typed: ScreenStatePayload, now: ScreenStatePayload): boolean {
  const old = new Set(empty.lines.map(({ text }) => text));
  const at = typed.lines.findLastIndex(({ text }) => text.trim() !== "" && !old.has(text));
  if (at < 0) return false;
  // What stands below tells the composer from the same words in the conversation.
  const [row, below] = [typed.lines[at]?.text, typed.lines[at + 1]?.text];
  return now.lines.some(({ text }, index) => text === row && now.lines[index + 1]?.text === below);
}

function textBefore(row: ScreenRow | undefined, col: number): string {
  const text = row?.text ?? "";
  let at = 0;
  let column = 0;
  for (const [glyphCol, cells, length] of glyphsOf(row)) {
    if (glyphCol >= col) break;
    at += glyphCol - column + length;
    column = glyphCol + cells;
  }
  return text.slice(0, at + Math.max(0, col - column));
}

/** Blanks and borders out: a program may break and frame the draft as it likes. */
function tidy(text: string): string {
  return text.replaceAll(/[\s│┃|]+/g, "");
}

function tailOf(text: string): string {
  return tidy(text).slice(-TAIL);
}

function withoutFrame(text: string): string {
  return text.replace(/^[\s│┃|]+/, "").replace(/[\s│┃|]+$/, "");
}

function rowsWith({ lines }: ScreenStatePayload, tail: string): number {
  return tail === "" ? 0 : lines.filter(({ text }) => tidy(text).includes(tail)).length;
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

interface Run {
  readonly col: number;
  readonly cells: number;
  readonly inverse?: boolean;
}

/** The schema leaves these open; the worker of any version describes them so. */
function runsOf(row: ScreenRow | undefined): readonly Run[] {
  return (row as { runs?: readonly Run[] } | undefined)?.runs ?? [];
}

function glyphsOf(row: ScreenRow | undefined): readonly (readonly [col: number, cells: number, length: number])[] {
  return (row as { glyphs?: readonly [number, number, number][] } | undefined)?.glyphs ?? [];
}
