// tmux on a socket of its own, without the user's configuration.

import { writeFileSync } from "node:fs";
import type { Contender } from "./contender.ts";
import { SIZE } from "./size.ts";
import type { World } from "./world.ts";

/** Null when it is not installed. */
export function withTmux(world: World): Contender | null {
  if (Bun.which("tmux") === null) return null;
  const configuration = world.path("tmux.conf");
  // The figures with 10,000 lines kept compare the same number of lines.
  // A server that ends with its last session would still be ending when the next one is started.
  writeFileSync(configuration, "set -g history-limit 10000\nset -s exit-empty off\n");
  const tmux = ["tmux", "-u", "-f", configuration, "-S", world.path("tmux.sock")];
  return {
    name: "tmux",
    version: Bun.spawnSync(["tmux", "-V"]).stdout.toString().trim(),
    start: (session, program) => ({
      argv: [...tmux, "new-session", "-d", "-s", session, "-x", `${SIZE.cols}`, "-y", `${SIZE.rows}`, ...program],
    }),
    attach: (session) => ({ argv: [...tmux, "attach-session", "-t", session] }),
    send: (session, text) => ({ argv: [...tmux, "send-keys", "-t", session, "-l", text] }),
    kill: (session) => void world.run({ argv: [...tmux, "kill-session", "-t", session] }),
    list: () => ({ argv: [...tmux, "list-sessions"] }),
    status: (session) => ({ argv: [...tmux, "display-message", "-p", "-t", session, "#{session_name} #{pane_pid}"] }),
    readBack: {
      command: (session) => ({ argv: [...tmux, "capture-pane", "-p", "-t", session] }),
      text: (stdout) => stdout,
    },
    keepers: () => ({
      perSession: [],
      serving: [Number(Bun.spawnSync([...tmux, "display-message", "-p", "#{pid}"]).stdout.toString())],
    }),
    end: () => world.tryRun({ argv: [...tmux, "kill-server"] }),
  };
}
