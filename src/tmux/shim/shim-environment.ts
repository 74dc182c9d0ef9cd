// The variables that make a program believe it runs inside tmux, with the shim first on its PATH: TMUX and TMUX_PANE are
// read by tools to tell "inside", and TMUX must have three fields of which the first is a path that can be connected to.

import type { Environment } from "../../base/locations.ts";
import { quoteForFish, quoteForSh } from "./quote.ts";

export const SHIM_SHELLS = ["bash", "zsh", "fish", "posix"] as const;
export type ShimShell = (typeof SHIM_SHELLS)[number];

export interface ShimPlace {
  /** Directory of the shim. */
  readonly directory: string;
  /** Socket of the default tmux server. */
  readonly socket: string;
  /** 0 when no host runs: tools parse it, none uses it before it asks. */
  readonly hostPid: number;
}

/** `<socket>,<pid>,<number of the session>` */
export function tmuxVariable({ socket, hostPid }: ShimPlace): string {
  return `${socket},${hostPid},0`;
}

/** `path` with the shim's directory first, and nowhere else. */
export function pathWithShim(path: string | undefined, directory: string): string {
  return [directory, ...(path ?? "").split(":").filter((one) => one !== "" && one !== directory)].join(":");
}

/** The shell of $SHELL; `posix` when it is none of those that have a syntax of their own. */
export function shellOf(env: Environment): ShimShell {
  const name = (env.SHELL ?? "").split("/").at(-1);
  return SHIM_SHELLS.find((one) => one === name) ?? "posix";
}

/** Lines for `eval "$(bide env)"`, or `bide env --shell fish | source`. TMUX_PANE is kept when there is one. */
export function shimLines(shell: ShimShell, place: ShimPlace): string[] {
  if (shell === "fish") {
    return [
      `set -gx TMUX ${quoteForFish(tmuxVariable(place))}`,
      'set -q TMUX_PANE; or set -gx TMUX_PANE (set -q BIDE_PANE; and echo $BIDE_PANE; or echo "%0")',
      `contains -- ${quoteForFish(place.directory)} $PATH; or set -gx PATH ${quoteForFish(place.directory)} $PATH`,
    ];
  }
  return [
    `export TMUX=${quoteForSh(tmuxVariable(place))}`,
    `export TMUX_PANE="\${TMUX_PANE:-\${BIDE_PANE:-%0}}"`,
    `export PATH=${quoteForSh(place.directory)}:"$PATH"`,
  ];
}
