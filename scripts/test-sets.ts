// Which test files are not, or not only, run by `npm test`. The second set, `npm run test:oracles`: what is held against real
// programs from outside at length (every screen of vttest, whole sessions of agent tools, npm's own install); every promise
// has tests in the first set too. And `npm run test:full`: tests of the first set in their full amounts. Used by test.ts;
// .ci/run runs all of it.

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
  "test/tmux-parts/formats.test.ts",
  // npm packs and installs; TypeScript's compiler reads the declarations.
  "test/package/package.test.ts",
  "test/library/library.test.ts",
  "test/examples/examples.test.ts",
];

/**
 * These have more to do with BIDE_TEST_FULL=1: the amounts that the faults name (a hundred programs that end at once, a name used
 * again fifty times, 500 MB past a client that does not read, every byte of a file cut off).
 */
const FULL: readonly string[] = [
  "test/durability/last-bytes.test.ts",
  "test/durability/flood.test.ts",
  "test/durability/crash-at-every-operation.test.ts",
  "test/disk/torn-files.test.ts",
  "test/clients/slow-clients.test.ts",
  "test/lifecycle/starting.test.ts",
  "test/durability/upgrade.test.ts",
  "test/disk/large-state.test.ts",
  "test/tmux/many-calls.test.ts",
  "test/logs/follow.test.ts",
  "test/write/write.test.ts",
  "test/cli/logs.test.ts",
  "test/fidelity/recorded-streams.test.ts",
  "test/security/private-files.test.ts",
  "test/security/directories.test.ts",
  "test/clients/many-clients.test.ts",
  "test/lifecycle/questions.test.ts",
  "test/lifecycle/just-ended.test.ts",
  "test/lifecycle/endings.test.ts",
  "test/pictures/export.test.ts",
  "test/wait/wait.test.ts",
  "test/clients/at-the-terminal.test.ts",
  "test/disk/damaged-files.test.ts",
  "test/run/busy-shell.test.ts",
  "test/agents/agents.test.ts",
  "test/fidelity/hostile-memory.test.ts",
  "test/fidelity/fuzz.test.ts",
  "src/terminal/long-floods.test.ts",
  "src/terminal/feed.test.ts",
  "src/terminal/search/pattern.test.ts",
  "src/pty/reader.test.ts",
  "src/attach/row-guard.test.ts",
  "src/base/byte-queue.test.ts",
  "src/protocol/frames.test.ts",
  "src/protocol/validate.test.ts",
  "src/pty/writer.test.ts",
  "src/session/output-queue.test.ts",
  "src/session/plain-keys.test.ts",
  "src/terminal/line-history.test.ts",
  "src/terminal/live-screen.test.ts",
  "src/terminal/outer-terminal.test.ts",
  "src/terminal/picture/markup.test.ts",
  "src/terminal/sanitize-properties.test.ts",
  "src/terminal/sanitize.test.ts",
  "src/terminal/screen.test.ts",
  "src/terminal/snapshot-features.test.ts",
  "src/terminal/snapshot.test.ts",
];

export type TestSet = "first" | "oracles" | "full";

/**
 * The files to run, out of all: those whose path contains one of `wanted`, whatever set they are in; without any, a set.
 * @throws Error when a file of a list is not there (any more): it would be missed by nobody.
 */
export function chosen(files: readonly string[], wanted: readonly string[], set: TestSet): string[] {
  const missing = [...ORACLES, ...FULL].filter((path) => !files.includes(path));
  if (missing.length > 0) throw new Error(`scripts/test-sets.ts names what is not there: ${missing.join(", ")}`);
  if (wanted.length > 0) return files.filter((path) => wanted.some((part) => path.includes(part)));
  if (set === "full") return files.filter((path) => FULL.includes(path));
  return files.filter((path) => ORACLES.includes(path) === (set === "oracles"));
}
