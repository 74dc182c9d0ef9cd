// bide itself, as the compiled executable that users get, driven by its command line only.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Contender } from "./contender.ts";
import type { Runtime } from "./executables.ts";
import { SIZE } from "./size.ts";
import type { World } from "./world.ts";

export function withBide(world: World, runtime: Runtime): Contender {
  const { bide } = runtime;
  const { env } = world;
  const state = env.BIDE_STATE_DIR ?? "";
  return {
    name: "bide",
    version: runtime.bideVersion,
    start: (session, program) => ({
      argv: [bide, "start", "-n", session, "--size", `${SIZE.cols}x${SIZE.rows}`, "--", ...program],
    }),
    attach: (session) => ({ argv: [bide, "attach", session] }),
    send: (session, text) => ({ argv: [bide, "send", session, "--text", text] }),
    kill: (session) => void world.run({ argv: [bide, "kill", session] }),
    list: () => ({ argv: [bide, "list"] }),
    status: (session) => ({ argv: [bide, "status", session] }),
    readBack: { command: (session) => ({ argv: [bide, "screen", session] }), text: (stdout) => stdout },
    keepers: () => {
      const list = Bun.spawnSync([bide, "list", "--json"], { env }).stdout.toString();
      const sessions = (JSON.parse(list) as { sessions: { worker_pid: number }[] }).sessions;
      return { perSession: sessions.map((session) => session.worker_pid), serving: hostPid(state) };
    },
    end: () => {
      // The host also has a record when it never was needed in this world.
      if (hostPid(state).length > 0) Bun.spawnSync([bide, "shutdown", "--force"], { env });
    },
  };
}

function hostPid(state: string): number[] {
  try {
    if (!readdirSync(state).includes("host.json")) return [];
    const host = JSON.parse(readFileSync(join(state, "host.json"), "utf8")) as { pid: number };
    return [host.pid];
  } catch {
    return [];
  }
}
