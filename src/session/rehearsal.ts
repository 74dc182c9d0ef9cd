// What a spare worker does while it waits to be needed: the first steps of a session, on nothing, so that their code and
// the functions of the C library are ready when a session comes. Called by worker.ts before it waits for the host's word.
// Rule: it leaves nothing behind, in no file and no process, and whatever goes wrong here will be told when it matters.

import { utcNow } from "../base/clock.ts";
import { newId } from "../base/ids.ts";
import { type Launch, LaunchSchema } from "../protocol/launch.ts";
import { validateJson } from "../protocol/validate.ts";
import { identify } from "../pty/identity.ts";
import { cStrings } from "../pty/libc.ts";
import { openMaster } from "../pty/master.ts";
import { candidates } from "../pty/program-lookup.ts";
import { loadFlock } from "../store/flock.ts";
import { redactEnvironment } from "./redact-environment.ts";

export function rehearse(): void {
  try {
    const launch = validateJson(LaunchSchema, JSON.stringify(sampleLaunch()), "rehearsal");
    identify(process.pid);
    loadFlock();
    if (!launch.ok) return;
    const { argv, env, cwd, rows, cols } = launch.value;
    candidates(argv[0] ?? "", env, cwd);
    cStrings(argv);
    redactEnvironment(env);
    const master = openMaster({ rows, cols, xpixel: 0, ypixel: 0 });
    if (master.ok) master.value.dispose();
  } catch {
    // The session that comes will say it.
  }
}

/** A launch of nothing in particular; tests begin with it too. */
export function sampleLaunch(): Launch {
  return {
    session_id: newId(),
    name: "rehearsal",
    pane_id: "%0",
    directory: "/",
    socket: "/",
    argv: ["sh"],
    env: { PATH: process.env.PATH ?? "/bin" },
    cwd: "/",
    umask: 0o077,
    rows: 24,
    cols: 80,
    role: "shell",
    workspace: null,
    labels: {},
    monitor: "none",
    status_theme: null,
    parent_session_id: null,
    token_hash: "",
    shell_integration: false,
    created_at: utcNow(),
    restart: false,
    keep_screen: false,
  };
}
