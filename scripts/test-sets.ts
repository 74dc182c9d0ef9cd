// Which test files are the second set, `npm run test:oracles`: what is held against real programs from outside at length
// (every screen of vttest, whole sessions of agent tools, npm's own install). Used by test.ts; .ci/run runs both sets. Every
// promise has tests in the first set too.

const ORACLES: readonly string[] = [
  // The same calls of ten agent tools, through tmux and through bide.
  "test/transcripts/transcripts.test.ts",
  // Five programs and vttest's menus in two terminals of one tmux; test/fidelity/recorded-streams.test.ts has what they print.
  "test/fidelity/two-terminals.test.ts",
  "test/fidelity/vttest.test.ts",
  // What every-shell.test.ts has for bash. busy-shell.test.ts, user-files.test.ts and others try all three.
  "test/run/other-shells.test.ts",
  // Tables of calls, 500 random steps of layouts and 2,000 random formats, each asked of tmux too. The rest of test/tmux has
  // the same verbs, the rest of test/tmux-parts the same tmux beside it.
  "test/tmux/oracle.test.ts",
  "test/tmux-parts/layouts.test.ts",
  "test/tmux-parts/random-formats.test.ts",
  // npm packs and installs; TypeScript's compiler reads the declarations.
  "test/package/package.test.ts",
  "test/library/library.test.ts",
];

/**
 * The files to run, out of all: those whose path contains one of `wanted`, whatever set they are in; without any, a set.
 * @throws Error when a file of the second set is not there (any more): it would be missed by nobody.
 */
export function chosen(files: readonly string[], wanted: readonly string[], oracles: boolean): string[] {
  const missing = ORACLES.filter((path) => !files.includes(path));
  if (missing.length > 0) throw new Error(`scripts/test-sets.ts names what is not there: ${missing.join(", ")}`);
  if (wanted.length > 0) return files.filter((path) => wanted.some((part) => path.includes(part)));
  return files.filter((path) => ORACLES.includes(path) === oracles);
}
