// A stand-in for a TUI with a composer, as agents have: a conversation, a box with the draft, a footer. Each of the
// programs composer-*.ts is one with a habit. What was submitted goes to the file that is its first argument.

import { appendFileSync } from "node:fs";

export interface Habits {
  readonly bracketedPaste?: boolean;
  /** Hides the terminal's cursor and draws one, as Ink does. */
  readonly ownCursor?: boolean;
  /** Whether Enter submits; `msSinceText`: since the last other key. Default: yes. */
  readonly submits?: (enters: number, msSinceText: number) => boolean;
  /** What Enter does when it does not submit. */
  readonly otherwise?: "nothing" | "newline";
  /** Printed below the composer. */
  readonly footer?: string;
  readonly spins?: boolean;
  /** Asks this before it takes anything. */
  readonly question?: readonly string[];
}

export function runComposer(habits: Habits): void {
  const { bracketedPaste = true, ownCursor = false, submits = () => true, otherwise = "nothing", spins } = habits;
  const said: string[] = [];
  let draft = "";
  let enters = 0;
  let textMs = 0;
  let pasting = false;
  let turn = 0;

  const draw = () => {
    const lines = draft.split("\n");
    const cursor = ownCursor ? "\x1b[7m \x1b[27m" : "";
    const rows = lines.map((line, at) => `│ ${at === 0 ? ">" : " "} ${line}${at === lines.length - 1 ? cursor : ""}`);
    const spinner = spins ? [`${"|/-\\"[turn % 4]} thinking (${turn})`] : [];
    const above = [...said.map((text) => `> ${text.replaceAll("\n", "\r\n  ")}`), ...spinner, "╭──────────"];
    const below = ["╰──────────", habits.footer ?? "? for shortcuts"];
    const shown = habits.question ?? [...above, ...rows, ...below];
    const column = (lines.at(-1) ?? "").length + 5;
    const up = habits.question || ownCursor ? "" : `\x1b[${below.length}A\x1b[${column}G`;
    process.stdout.write(`\x1b[?25l\x1b[H\x1b[J${shown.join("\r\n")}${up}${ownCursor ? "" : "\x1b[?25h"}`);
  };
  const enter = () => {
    enters += 1;
    if (submits(enters, performance.now() - textMs)) {
      appendFileSync(process.argv[2] ?? "", `${JSON.stringify(draft)}\n`);
      if (draft !== "") said.push(draft);
      draft = "";
    } else if (otherwise === "newline") draft += "\n";
  };

  process.stdin.setRawMode(true).on("data", (bytes) => {
    for (const piece of bytes.toString().match(/\x1b\[20[01]~|[\s\S]/g) ?? []) {
      if (piece === "\x1b[200~" || piece === "\x1b[201~") pasting = piece === "\x1b[200~";
      else if (piece === "\r" && !pasting) enter();
      else {
        draft += piece === "\r" ? "\n" : piece;
        textMs = performance.now();
      }
    }
    draw();
  });
  if (bracketedPaste) process.stdout.write("\x1b[?2004h");
  draw();
  if (spins) {
    setInterval(() => {
      turn += 1;
      draw();
    }, 50);
  }
}
