// What a spare worker does while it waits to be needed: the first steps of a session, on nothing, so that their code and
// the functions of the C library are ready when a session comes. Called by worker.ts before it waits for the host's word.
// Rule: it leaves nothing behind, in no file and no process, and whatever goes wrong here will be told when it matters.

import { utcNow } from "../base/clock.ts";
import { newId } from "../base/ids.ts";
import { type Launch, LaunchSchema } from "../protocol/launch.ts";
import { validateJson } from "../protocol/validate.ts";
import { identify } from "../pty/identity.ts";
import { cStrings } from "../pty/libc.ts";
import { type Master, openMaster } from "../pty/master.ts";
import { candidates } from "../pty/program-lookup.ts";
import { PtyReader } from "../pty/reader.ts";
import { PtyWriter } from "../pty/writer.ts";
import { loadFlock } from "../store/flock.ts";
import { Journal } from "../store/journal.ts";
import { OutputLog } from "../store/output-log.ts";
import { sessionFiles } from "../store/session-paths.ts";
import { EventLog } from "./event-log.ts";
import { Session } from "./session.ts";

export function rehearse(): void {
  try {
    const launch = validateJson(LaunchSchema, JSON.stringify(sampleLaunch()), "rehearsal");
    identify(process.pid);
    loadFlock();
    if (!launch.ok) return;
    const { argv, env, cwd, rows, cols, xpixel, ypixel } = launch.value;
    candidates(argv[0] ?? "", env, cwd);
    cStrings(argv);
    makeSession(launch.value);
    const master = openMaster({ rows, cols, xpixel, ypixel });
    if (master.ok) makeTerminal(master.value);
  } catch {
    // The session that comes will say it.
  }
}

/** The parts of a session, with files that nobody opened. */
function makeSession(launch: Launch): void {
  const { directory, socket, session_id } = launch;
  const log = new OutputLog({ directory }, undefined, 0);
  const journal = new EventLog(new Journal(directory), session_id);
  const session = new Session(launch, sessionFiles(directory, socket), log, journal);
  session.info();
  session.dispose();
}

/** What belongs to a program's terminal. */
function makeTerminal(master: Master): void {
  new PtyWriter(master).dispose();
  new PtyReader(master, { data: () => {}, gone: () => {} }).dispose();
  master.dispose();
}

/** No file can ever be made there. */
const NOWHERE = "/dev/null/rehearsal";

/** A launch of nothing in particular; tests begin with it too. */
export function sampleLaunch(): Launch {
  return {
    session_id: newId(),
    name: "rehearsal",
    pane_id: "%0",
    directory: NOWHERE,
    socket: NOWHERE,
    argv: ["sh"],
    env: { PATH: process.env.PATH ?? "/bin" },
    cwd: "/",
    umask: 0o077,
    rows: 24,
    cols: 80,
    xpixel: 0,
    ypixel: 0,
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
