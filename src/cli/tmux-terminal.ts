// `bide tmux` where it meets a person's terminal: its size and path for the server, and the view of an attached client.
// Called by src/bin; the view, with everything that attaching needs, is loaded only when a client attaches.

import { readlinkSync } from "node:fs";
import type { Environment } from "../base/locations.ts";
import { runShim } from "../tmux/wire/shim.ts";
import type { ClientTerminal } from "../tmux/wire/wire.ts";
import { terminalSize } from "./caller-terminal.ts";

/** Resolves to the exit code. */
export function runTmux(
  argv: readonly string[],
  { env, command }: { readonly env: Environment; readonly command: readonly string[] },
): Promise<number> {
  return runShim(argv, {
    env,
    command,
    terminal: callerTerminal,
    attach: async (events) => (await import("./tmux-view.ts")).openView(events, { env, command }),
  });
}

/** tmux takes standard input for the terminal. */
function callerTerminal(): ClientTerminal | null {
  const size = terminalSize(0);
  if (size === undefined) return null;
  return { cols: size.cols || 80, rows: size.rows || 24, path: terminalPath() };
}

function terminalPath(): string {
  try {
    return process.platform === "linux" ? readlinkSync("/proc/self/fd/0") : "";
  } catch {
    return "";
  }
}
