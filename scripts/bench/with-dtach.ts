// dtach: one small process per session that relays bytes and keeps no screen, so it has nothing to list, to read
// back or to paint. Installed or not, it is only ever looked up on PATH.

import { readFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import type { Contender } from "./contender.ts";
import { processesOf, tryKill } from "./own-processes.ts";
import type { World } from "./world.ts";

/** Null when it is not installed. */
export function withDtach(world: World): Contender | null {
  if (Bun.which("dtach") === null) return null;
  const socket = (session: string) => world.path(`${session}.dtach`);
  const masters = () => processesOf(world.directory).filter((pid) => nameOf(pid) === "dtach");
  return {
    name: "dtach",
    version: Bun.spawnSync(["dtach", "--version"]).stdout.toString().split("\n", 1)[0]?.trim() ?? "",
    start: (session, program) => ({ argv: ["dtach", "-n", socket(session), "-Ez", "-r", "none", ...program] }),
    attach: (session) => ({ argv: ["dtach", "-a", socket(session), "-Ez", "-r", "none"] }),
    send: (session, text) => ({ argv: ["dtach", "-p", socket(session)], stdin: text }),
    kill: (session) => {
      for (const pid of processesOf(socket(session))) tryKill(pid);
      // A killed dtach leaves its socket, and the next one of that name refuses it.
      rmSync(socket(session), { force: true });
    },
    keepers: () => ({ perSession: masters(), serving: [] }),
    end: () => {
      // World.end finds what is left: dtach has no command that ends a session.
    },
  };
}

function nameOf(pid: number): string {
  try {
    return basename(readFileSync(`/proc/${pid}/comm`, "utf8").trim());
  } catch {
    return "";
  }
}
