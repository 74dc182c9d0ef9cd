// GNU screen with a socket directory of its own and without the user's configuration.

import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import type { Contender } from "./contender.ts";
import type { World } from "./world.ts";

/** Null when it is not installed. */
export function withScreen(world: World): Contender | null {
  if (Bun.which("screen") === null) return null;
  const sockets = world.path("screens");
  mkdirSync(sockets, { mode: 0o700 });
  const screen = ["screen", "-c", "/dev/null", "-U"];
  const copy = world.path("screen.txt");
  const names = () => readdirSync(sockets);
  const act = (session: string, ...words: string[]) => ({
    argv: [...screen, "-S", session, "-p", "0", "-X", ...words],
  });
  return {
    name: "screen",
    version: Bun.spawnSync(["screen", "-v"]).stdout.toString().trim(),
    start: (session, program) => ({ argv: [...screen, "-h", "10000", "-dmS", session, ...program] }),
    attach: (session) => ({ argv: [...screen, "-r", session] }),
    send: (session, text) => act(session, "stuff", text),
    kill: (session) => void world.run(act(session, "quit")),
    status: (session) => ({ argv: [...screen, "-S", session, "-Q", "title"] }),
    readBack: {
      command: (session) => act(session, "hardcopy", copy),
      text: () => (existsSync(copy) ? readFileSync(copy, "latin1") : ""),
    },
    keepers: () => ({ perSession: names().map((name) => Number.parseInt(name, 10)), serving: [] }),
    end: () => {
      for (const name of names()) world.tryRun(act(name, "quit"));
    },
  };
}
