// Titles, colours and what the shell reported, written first because none of it draws. Titles are the program's: where
// it set none, none is written. Part of the snapshot.

import type { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";
import { markSequence } from "./shell-marks.ts";
import type { ShellReports } from "./shell-reports.ts";
import type { Titles } from "./titles.ts";

export function writeReports(out: RowWriter, screen: Screen, terminal: boolean): void {
  const { colours, shell } = screen.state;
  const say = (command: string) => out.raw(`\x1b]${command}\x1b\\`, undefined);
  if (terminal && colours.everSet) for (const reset of [104, 110, 111, 112, 117, 119]) say(String(reset));
  const palette = [...colours.palette].map(([index, spec]) => `${index};${spec}`);
  // Some terminals take few pairs in one sequence.
  for (let at = 0; at < palette.length; at += 16) say(`4;${palette.slice(at, at + 16).join(";")}`);
  for (const [target, spec] of colours.special) say(`${target};${spec}`);
  // A model tells the directory that it knows from the address that it repeats.
  if (!terminal && shell.directoryUrl !== shell.reported && shell.directoryUrl !== undefined) {
    say(`7;${shell.directoryUrl}`);
  }
  if (shell.reported !== undefined) say(`7;${shell.reported}`);
  writeTitles(out, screen.state.titles);
}

/** What the shell is at: for a model, which is on its alternate screen, where marks have no place. */
export function writeLatestMark(out: RowWriter, { marks }: ShellReports): void {
  if (marks.latest !== undefined) out.raw(markSequence(marks.latest), undefined);
}

/** The same for a person's terminal, where its row is not among those from `first` on. A prompt is nowhere else. */
export function writeLostMark(out: RowWriter, { marks }: ShellReports, first: number): void {
  if (marks.latest === undefined || marks.latest[0] === "A" || marks.latestRow >= first) return;
  out.raw(markSequence(marks.latest), undefined);
}

/** Each entry of the stack is made the title and put away again, then comes the title itself. */
function writeTitles(out: RowWriter, { now, stack }: Titles): void {
  const name = (which: 1 | 2, text: string | null | undefined) => {
    if (typeof text === "string") out.raw(`\x1b]${which};${text}\x1b\\`, undefined);
  };
  for (const saved of stack) {
    name(2, saved.title);
    name(1, saved.icon);
    // tmux does not take it without its second number.
    const which = saved.icon === undefined ? 2 : saved.title === undefined ? 1 : 0;
    out.raw(`\x1b[22;${which}t`, undefined);
  }
  name(2, now.title);
  name(1, now.icon);
}
