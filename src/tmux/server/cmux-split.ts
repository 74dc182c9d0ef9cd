// split-window by a caller inside cmux: the new pane is shown in a split of cmux, whose shell attaches to the pane's session.
// With -d nothing is shown, and without cmux a pane is seen by `attach`, `list` and whoever looks at its window.

import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { Environment } from "../../base/locations.ts";
import { fail, ok } from "../../base/result.ts";
import { inCmux } from "../cmux/cmux-context.ts";
import { type SplitDirection, splitSurface } from "../cmux/split-surface.ts";
import type { Pane } from "../model/model.ts";
import { quoteForSh } from "../shim/quote.ts";
import type { CommandContext } from "./command-context.ts";
import { killPane } from "./pane-ends.ts";

/** Makes the pane by `start`, in a split of cmux if the caller sits in one. A text is the failure, and nothing is left. */
export async function splitVisibly(
  context: CommandContext,
  start: () => Promise<Pane | string>,
): Promise<Pane | string> {
  const { server, args } = context;
  const { env, cwd } = context.client.hello;
  if (args.has("d") || !inCmux(env)) return start();
  const shown = await splitSurface({
    caller: { env, cwd },
    direction: directionOf(context),
    async start() {
      const made = await start();
      return typeof made === "string" ? fail("failed", made) : ok(made);
    },
    attachLine: (pane) => `exec env${placeOf(env)} ${quoteForSh(binaryOf(env))} attach ${pane.sessionId}`,
    async undo(pane) {
      killPane(server, pane);
    },
  });
  return shown.ok ? shown.value : shown.message;
}

function directionOf({ args }: CommandContext): SplitDirection {
  if (args.has("h")) return args.has("b") ? "left" : "right";
  return args.has("b") ? "up" : "down";
}

/** The split's shell is a child of cmux: it knows nothing of where this caller's sessions are. */
function placeOf(env: Environment): string {
  const names = ["BIDE_STATE_DIR", "BIDE_RUNTIME_DIR"].filter((name) => env[name]);
  return names.map((name) => ` ${name}=${quoteForSh(env[name] ?? "")}`).join("");
}

/** Whatever BIDE_BIN names goes to a shell's command line: only a program that is there counts. */
function binaryOf({ BIDE_BIN: path }: Environment): string {
  if (path === undefined || !isAbsolute(path) || /\p{Cc}/u.test(path)) return "bide";
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : "bide";
  } catch {
    return "bide";
  }
}
