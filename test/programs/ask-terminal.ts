// Asks its terminal everything whenever it gets SIGUSR1, and again a last question behind the rest. Every byte that it
// receives goes to the file that is its argument. `asked N` stands behind the questions of round N.

import { appendFileSync } from "node:fs";

const QUESTIONS =
  "\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[?6n\x1b[?2004$p\x1b[>q\x1b[?u\x1b]10;?\x07\x1b]11;?\x07\x1bP$qm\x1b\\";
let round = 0;
process.stdin.setRawMode(true).on("data", (bytes) => appendFileSync(process.argv[2] ?? "", bytes));
process.on("SIGUSR1", () => {
  round += 1;
  process.stdout.write(`\x1b[H${QUESTIONS}asked ${round}\r\n`);
});
process.stdout.write("ready\r\n");
