// Tells a person that something happened: through cmux where there is one, else with OSC 777 to the caller's
// terminal (inside a session it passes through to whoever is attached). Used by `notify` and `watch --notify`.

import { closeSync, openSync, writeSync } from "node:fs";
import type { Environment } from "../base/locations.ts";
import { callerSurface, surfaceFlags } from "../tmux/cmux/cmux-context.ts";
import { findCmux, runCmux } from "../tmux/cmux/run-cmux.ts";
import { callerDirectory } from "./caller.ts";
import { isTerminal } from "./caller-terminal.ts";

export interface Notification {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly body?: string | undefined;
}

/** `dataOut`: standard output carries data, so nothing else may be written there. Says which way it took. */
export async function notify(
  notification: Notification,
  env: Environment,
  { dataOut }: { readonly dataOut: boolean },
): Promise<"cmux" | "osc777"> {
  if (await throughCmux(notification, env)) return "cmux";
  toTerminal(osc777(notification), dataOut);
  return "osc777";
}

/** `ESC ] 777 ; notify ; TITLE ; BODY BEL`; the subtitle stands before the body. */
export function osc777({ title, subtitle, body }: Notification): string {
  const text = [subtitle, body].filter((part) => part !== undefined && part !== "").join(": ");
  return `\x1b]777;notify;${field(title)};${field(text)}\x07`;
}

/** No control may end the sequence, no `;` the field. */
function field(text: string): string {
  return text
    .replaceAll(/[\s;]+/g, " ")
    .replaceAll(/[\x00-\x1f\x7f-\x9f]/g, "")
    .trim();
}

async function throughCmux({ title, subtitle, body }: Notification, env: Environment): Promise<boolean> {
  const caller = { env, cwd: callerDirectory() ?? "/" };
  if (findCmux(caller) === undefined) return false;
  const more = subtitle === undefined ? [] : ["--subtitle", subtitle];
  const words = ["--title", title, "--body", body ?? "", ...more];
  return (await runCmux(caller, ["notify", ...surfaceFlags(callerSurface(env)), ...words])).ok;
}

/** The terminal that somebody looks at: standard output, standard error, the controlling one; else standard output. */
function toTerminal(text: string, dataOut: boolean): void {
  const fds = dataOut ? [2] : [1, 2];
  const fd = fds.find(isTerminal) ?? controllingTerminal() ?? fds[0] ?? 2;
  try {
    writeSync(fd, text);
  } catch {
    // Nobody there: a notification that nobody can see is no failure.
  } finally {
    if (fd > 2) closeSync(fd);
  }
}

function controllingTerminal(): number | undefined {
  try {
    return openSync("/dev/tty", "w");
  } catch {
    return undefined;
  }
}
