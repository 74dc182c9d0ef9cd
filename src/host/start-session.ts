// `session.start` and `session.restart`: from what the caller wants to a running program. A name is reserved
// first, so that two starts never share it; a program that cannot be started leaves a record that says why.

import { existsSync, rmSync } from "node:fs";
import { utcNow } from "../base/clock.ts";
import { BideError, unwrap } from "../base/errors.ts";
import { newId } from "../base/ids.ts";
import { shimDirectory, shimStartupFiles, tmuxSocket } from "../base/locations.ts";
import { ensurePrivateDirectory } from "../base/private-directory.ts";
import { fromErrorPayload } from "../protocol/error-payload.ts";
import type { Launch, Meta } from "../protocol/launch.ts";
import { checkName, nameFrom } from "../protocol/names.ts";
import type { Session, StartSpec } from "../protocol/session.ts";
import { StartEnvironmentSchema } from "../protocol/stored-files.ts";
import { validate } from "../protocol/validate.ts";
import { readJson, writeJson } from "../store/atomic-json.ts";
import type { SessionPaths } from "../store/session-paths.ts";
import { unarchiveSession } from "./end-session.ts";
import type { Host } from "./host.ts";
import { checkLabels } from "./labels.ts";
import { newToken, proveParent, sha256 } from "./parent-proof.ts";
import { SessionEntry } from "./session-entry.ts";

export async function startSession(host: Host, spec: StartSpec): Promise<Session> {
  if (spec.parent !== null) await host.registry.settled({ text: spec.parent.session_id });
  const parent = spec.parent === null ? null : unwrap(proveParent(host.registry, spec.parent));
  unwrap(checkLabels({}, spec.labels));
  const name = await reserveName(host, spec);
  try {
    const id = newId();
    const paths = host.pathsOf(id);
    unwrap(ensurePrivateDirectory(paths.root));
    const token = newToken();
    const pane = spec.pane_id === undefined ? host.nextPane() : unwrap(host.takePane(spec.pane_id));
    host.registry.alsoKnownAs(name, id, pane);
    const launch: Launch = {
      session_id: id,
      name,
      pane_id: pane,
      directory: paths.root,
      socket: paths.socket,
      argv: spec.argv,
      env: programEnvironment(host, spec.env, { id, name, pane, token, labels: spec.labels }),
      cwd: spec.cwd,
      umask: spec.umask,
      rows: spec.rows,
      cols: spec.cols,
      xpixel: spec.xpixel,
      ypixel: spec.ypixel,
      role: spec.role,
      workspace: spec.workspace,
      labels: spec.labels,
      monitor: spec.monitor,
      status_theme: spec.status_theme,
      parent_session_id: parent,
      token_hash: sha256(token),
      shell_integration: spec.shell_integration,
      created_at: utcNow(),
      restart: false,
      keep_screen: true,
    };
    return await launchSession(host, paths, launch);
  } finally {
    host.registry.release(name);
  }
}

/** What is different from the session's last life; the rest is as it was. */
export interface RestartChanges {
  readonly argv?: string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
  readonly rows?: number | undefined;
  readonly cols?: number | undefined;
  readonly keep_screen?: boolean;
}

export async function restartSession(host: Host, entry: SessionEntry, changes: RestartChanges = {}): Promise<Session> {
  if (entry.live) await entry.confirm();
  const { session } = entry;
  if (entry.live)
    throw new BideError("session_live", `session ${session.name} is ${session.state}`, { hint: "stop it first" });
  unwrap(host.registry.reserve(session.name, entry));
  host.registry.alsoKnownAs(session.name, session.session_id, session.pane_id);
  try {
    await host.endLingering(entry);
    unarchiveSession(host, entry);
    const { paths } = entry;
    const env = changes.env ?? readStartEnvironment(paths);
    const token = newToken();
    const launch: Launch = {
      session_id: session.session_id,
      name: session.name,
      pane_id: session.pane_id,
      directory: paths.root,
      socket: paths.socket,
      argv: changes.argv ?? session.argv,
      env: programEnvironment(host, env, {
        id: session.session_id,
        name: session.name,
        pane: session.pane_id,
        token,
        labels: session.labels,
      }),
      cwd: changes.cwd ?? session.cwd,
      umask: entry.umask,
      rows: changes.rows ?? Math.max(1, session.rows),
      cols: changes.cols ?? Math.max(1, session.cols),
      xpixel: 0,
      ypixel: 0,
      role: session.role,
      workspace: session.workspace,
      labels: session.labels,
      monitor: session.monitor,
      status_theme: session.status_theme,
      parent_session_id: session.parent_session_id,
      token_hash: sha256(token),
      shell_integration: entry.shellIntegration,
      created_at: session.created_at,
      restart: true,
      keep_screen: changes.keep_screen ?? true,
    };
    return await launchSession(host, paths, launch);
  } finally {
    host.registry.release(session.name);
  }
}

/** Writes what `restart` needs, starts the worker, and keeps the entry whatever the outcome. */
async function launchSession(host: Host, paths: SessionPaths, launch: Launch): Promise<Session> {
  const kept = writeJson(paths.env, launch.env, { durable: false });
  if (!kept.ok && !launch.restart) rmSync(paths.root, { recursive: true, force: true });
  unwrap(kept);
  const launching = host.launcher.launch(launch);
  // The number of the next pane, while the worker works.
  if (!launch.restart) host.storeRecord();
  const worker = await launching.catch((error: BideError) => {
    if (!launch.restart) rmSync(paths.root, { recursive: true, force: true });
    throw error;
  });
  const { session, error } = worker.reply;
  if (session === undefined) {
    if (!launch.restart) rmSync(paths.root, { recursive: true, force: true });
    throw error === undefined ? new BideError("internal", "the worker said nothing") : fromErrorPayload(error);
  }
  const meta: Meta = {
    schema_version: 1,
    session,
    umask: launch.umask,
    token_hash: launch.token_hash,
    shell_integration: launch.shell_integration,
    env: {},
  };
  const entry = new SessionEntry(paths, meta, host.entryHandlers);
  entry.workerExit = worker.exited;
  host.registry.add(entry);
  if (error !== undefined) throw fromErrorPayload(error);
  // Not waited for: a program that ends at once is found in its files instead.
  void entry.follow().then((following) => (following ? undefined : host.settleWhenGone(entry)));
  return session;
}

async function reserveName(host: Host, spec: StartSpec): Promise<string> {
  const prefix = spec.name_prefix ?? "";
  if (spec.name === undefined) {
    const base = prefix + nameFrom(spec.argv[0] ?? spec.env.SHELL ?? "shell");
    unwrap(checkName(base));
    return host.registry.reserveFree(base);
  }
  const name = unwrap(checkName(prefix + spec.name));
  await host.registry.holderOf(name)?.confirm();
  unwrap(host.registry.reserve(name));
  return name;
}

/** The caller's environment with what tells a program that it runs in bide (the command line page's rules). */
function programEnvironment(
  host: Host,
  env: Readonly<Record<string, string>>,
  {
    id,
    name,
    pane,
    token,
    labels,
  }: { id: string; name: string; pane: string; token: string; labels: Readonly<Record<string, string>> },
): Record<string, string> {
  // A pane that a tmux server started has been told which server and which pane.
  const ownTmux = labels.tmux !== undefined && env.TMUX_PANE !== undefined;
  const term = env.TERM;
  return {
    ...env,
    TERM: term === undefined || term === "" || term === "dumb" ? "xterm-256color" : term,
    BIDE_SESSION: name,
    BIDE_SESSION_ID: id,
    BIDE_SESSION_TOKEN: token,
    BIDE_PANE: pane,
    BIDE_STATE_DIR: host.paths.stateRoot,
    BIDE_BIN: env.BIDE_BIN ?? host.binary,
    ...shimVariables(host, env, ownTmux ? undefined : pane),
  };
}

/**
 * Whoever has the shim on PATH calls bide when it calls tmux, so it must find itself in a pane of its own: also in a session
 * started inside another, whose variables it inherits, and after a restart under another host. `pane` is undefined for a
 * program that has been told its pane.
 */
function shimVariables(
  host: Host,
  env: Readonly<Record<string, string>>,
  pane: string | undefined,
): Record<string, string> {
  const { stateRoot, runtimeDir } = host.paths;
  const directory = shimDirectory(stateRoot);
  if (!(env.PATH ?? "").split(":").includes(directory)) return {};
  const variables: Record<string, string> = {
    BIDE_SHIM: directory,
    ...(pane !== undefined && { TMUX: `${tmuxSocket(runtimeDir)},${process.pid},0`, TMUX_PANE: pane }),
  };
  for (const [name, file] of Object.entries(shimStartupFiles(stateRoot))) {
    if (!existsSync(file)) continue;
    // What the user's own was: ours reads it. In a session inside another, ours is there already.
    if (env[name] !== undefined && env[name] !== file) variables[`BIDE_${name}`] = env[name];
    variables[name] = file;
  }
  return variables;
}

function readStartEnvironment(paths: SessionPaths): Record<string, string> {
  const read = unwrap(readJson(paths.env));
  const env = read.kind === "value" ? validate(StartEnvironmentSchema, read.value, "env.json") : undefined;
  if (env?.ok) return env.value;
  throw new BideError("failed", `${paths.env}, which holds the environment of the session, is missing or damaged`);
}
