// What the program of a pane is: the words to exec, its environment, its directory and its name among bide's sessions, from
// the command that asks for it and the options and environments of the server. pane-programs.ts starts it.

import { existsSync } from "node:fs";
import { shimDirectory } from "../../base/locations.ts";
import { mergedEnvironment } from "../model/environment-table.ts";
import type { Pane, Session } from "../model/model.ts";
import { pathWithShim } from "../shim/shim-environment.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** Variables that are bide's own, or this server's to set. */
const NOT_PASSED_ON =
  /^(?:BIDE_(?:SESSION|SESSION_ID|SESSION_TOKEN|PANE|STATE_DIR|DEBUG|UNDER_TEST|TEST_.*)|TMUX|TMUX_PANE)$/;

export interface Start {
  /** One text is for the shell, several words are exec'd, none is the default shell. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** `-e NAME=VALUE` of the command. */
  readonly environment: readonly string[];
  readonly umask: number;
  /** The session whose options and environment count. */
  readonly session: Session;
}

/** The words to exec; the pane keeps what was asked for, and its shell. */
export function commandOf(server: TmuxServer, pane: Pane, { argv, session }: Start): readonly string[] {
  const shell = server.settings.text("default-shell", { session }) || "/bin/sh";
  pane.shell = shell;
  pane.argv = argv;
  if (argv.length > 1) return argv;
  const text = argv[0] ?? server.settings.text("default-command", { session });
  // An empty command makes a pane without a program: something that shows what is typed and does nothing.
  if (argv[0] === "") return ["cat"];
  if (text !== "") pane.argv = [text];
  return text === "" ? [shell, "-l"] : [shell, "-c", text];
}

/** The environment for these words; what `-e` says wins over everything but where the pane is. */
export function environmentOf(
  server: TmuxServer,
  pane: Pane,
  { session, environment }: Start,
  argv: readonly string[],
): Record<string, string> {
  const { settings, socket } = server;
  const merged = mergedEnvironment(server.environment, session.environment);
  for (const name of Object.keys(merged)) if (NOT_PASSED_ON.test(name)) delete merged[name];
  const own: Record<string, string> = {};
  for (const pair of environment) {
    const at = pair.indexOf("=");
    if (at > 0) own[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return {
    ...merged,
    // In a pane of ours `tmux` means us: another tmux could not talk to the server that TMUX names.
    PATH: pathWithShim(merged.PATH, shimDirectory(server.surroundings.stateRoot)),
    PWD: pane.cwd,
    ...(argv[0] === pane.shell && { SHELL: pane.shell }),
    TERM: settings.text("default-terminal", {}) || "screen-256color",
    TERM_PROGRAM: "tmux",
    TERM_PROGRAM_VERSION: "3.4",
    ...own,
    TMUX: `${socket},${process.pid},${session.id}`,
    TMUX_PANE: pane.name,
  };
}

/** The first of these that is a directory. */
export function existingDirectory(...candidates: readonly string[]): string {
  return candidates.find((path) => path.startsWith("/") && existsSync(path)) ?? "/";
}

/** `work.3` for pane %3 of session work: what `bide list` shows. */
export function nameFor(session: string, pane: Pane): string {
  const cleaned = session.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.%]+/, "");
  return `${cleaned || "tmux"}.${pane.id}`;
}
