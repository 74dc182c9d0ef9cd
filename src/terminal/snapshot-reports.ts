// Titles, colours and what the shell reported, written first because none of it draws. A person's terminal gets
// no title (it has its own: the command line's contract) and no prompt mark, for marks belong to a place. Part
// of the snapshot.

import type { RowWriter } from "./row-writer.ts";
import type { Screen } from "./screen.ts";
import type { Titles } from "./titles.ts";

export function writeReports(out: RowWriter, screen: Screen, terminal: boolean): void {
  const { colours, shell } = screen.state;
  const say = (command: string) => out.raw(`\x1b]${command}\x1b\\`, undefined);
  if (terminal && colours.everSet) for (const reset of [104, 110, 111, 112, 117, 119]) say(String(reset));
  const palette = [...colours.palette].map(([index, spec]) => `${index};${spec}`);
  // Some terminals take few pairs in one sequence.
  for (let at = 0; at < palette.length; at += 16) say(`4;${palette.slice(at, at + 16).join(";")}`);
  for (const [target, spec] of colours.special) say(`${target};${spec}`);
  if (shell.directoryUrl !== undefined) say(`7;${shell.directoryUrl}`);
  if (terminal) return;
  writeTitles(out, screen.state.titles);
  if (shell.mark !== undefined) say(`133;${shell.mark}${shell.exitCode === undefined ? "" : `;${shell.exitCode}`}`);
}

/** Each entry of the stacks is made the title and pushed, then comes the title itself. */
function writeTitles(out: RowWriter, { title, icon, titleStack, iconStack }: Titles): void {
  for (const entry of titleStack) out.raw(`\x1b]2;${entry}\x1b\\\x1b[22;2t`, undefined);
  for (const entry of iconStack) out.raw(`\x1b]1;${entry}\x1b\\\x1b[22;1t`, undefined);
  if (title !== "" || titleStack.length > 0) out.raw(`\x1b]2;${title}\x1b\\`, undefined);
  if (icon !== "" || iconStack.length > 0) out.raw(`\x1b]1;${icon}\x1b\\`, undefined);
}
