// Tests that need a program of the machine, or root. Where it is missing they are not registered and named on
// standard error instead; scripts/test.ts lists those lines, and on CI, which installs everything, they fail the run.

import { test } from "bun:test";

/** `needs("tmux", "vim")(title, run)`: `test` where all of them are on PATH; `root` is the user. */
export function needs(...names: string[]): typeof test {
  const missing = names.filter((name) => (name === "root" ? process.geteuid?.() !== 0 : Bun.which(name) === null));
  if (missing.length === 0) return test;
  const left = (title: string) => console.error(`not run here, needs ${missing.join(" and ")}: ${title}`);
  return left as unknown as typeof test;
}
