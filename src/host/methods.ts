// Every method of the host socket, each a few lines over the parts that do the work. Parameters have been
// checked against their schemas by control-server.ts; failures are thrown as BideError.

import type * as v from "valibot";
import { BideError, unwrap } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import type { HOST_METHODS, HostMethod, HostResult, Selector } from "../protocol/host-messages.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { checkName } from "../protocol/names.ts";
import type { Session } from "../protocol/session.ts";
import { changeSession } from "./change-session.ts";
import { endLeftovers } from "./end-leftovers.ts";
import { deleteSessions, killSession, stopSession } from "./end-session.ts";
import { readEndedEvents, readEndedLog, readEndedSnapshot } from "./ended-files.ts";
import type { Host } from "./host.ts";
import { listSessions } from "./list-sessions.ts";
import { listProcesses } from "./processes.ts";
import type { SessionEntry } from "./session-entry.ts";
import { restartSession, startSession } from "./start-session.ts";
import { summonSocket } from "./summon-socket.ts";

type Params<M extends HostMethod> = v.InferOutput<(typeof HOST_METHODS)[M]["params"]>;
type Methods = { [M in HostMethod]: (host: Host, params: Params<M>) => Promise<HostResult<M>> | HostResult<M> };

/** What this host can do beyond the first version; clients ask before they rely on it. */
const CAPABILITIES = ["sessions"];

export const METHODS: Methods = {
  "system.hello": () => ({
    protocol: PROTOCOL_VERSION,
    version: VERSION,
    pid: process.pid,
    capabilities: CAPABILITIES,
  }),
  "host.status": (host) => host.info(),
  "host.shutdown": async (host, { force }) => {
    const end = (entry: SessionEntry) => (force ? killSession(host, entry) : stopSession(host, entry));
    const ended = await Promise.all(host.registry.live.map(end));
    await endLeftovers(host, force);
    host.endSoon();
    return { sessions: ended };
  },
  "host.stop": (host) => {
    host.endSoon();
    return {};
  },
  "tmux.serve": async (host, { socket, create }) => {
    const service = await host.service.get();
    if (service === undefined) throw new BideError("unsupported", "this host was started without a tmux server");
    return service.serve(socket, create);
  },
  "session.start": async (host, spec) => ({ session: await startSession(host, spec) }),
  "session.list": async (host, params) => ({ sessions: await listSessions(host.registry, params) }),
  "session.resolve": async (host, { selector, fresh }) => {
    await host.registry.settled(selector);
    const entry = unwrap(host.registry.resolve(selector));
    const link = entry.live ? await entry.link() : undefined;
    if (link !== undefined) await summonSocket(entry);
    else if (entry.live) await entry.ending();
    if (fresh) await entry.fresh(true);
    return { session: entry.session, socket: entry.live && link !== undefined ? entry.paths.socket : null };
  },
  "session.resolve_many": ({ registry }, { selectors }) => ({
    sessions: sessionsOf(unwrap(registry.resolveMany(selectors, registry.live, newestEnded(registry.entries)))),
  }),
  "session.inspect": async (host, { selector }) => {
    const entry = unwrap(host.registry.resolve(selector));
    const link = await entry.link();
    const live = await link?.request("session.inspect", {}, 2000).catch(() => undefined);
    const { env: _, lock: __, ...paths } = entry.paths;
    return {
      session: live?.session ?? entry.session,
      paths,
      env: live?.env ?? entry.storedEnv(),
      clients: live?.clients ?? [],
    };
  },
  "session.rename": async (host, { selector, name }) => {
    const entry = unwrap(host.registry.resolve(selector));
    unwrap(checkName(name));
    if (entry.session.name === name) return { session: entry.session };
    if (entry.live) unwrap(host.registry.reserve(name, entry));
    try {
      return { session: await changeSession(entry, { kind: "rename", name }) };
    } finally {
      if (entry.live) host.registry.release(name);
    }
  },
  "session.label": async (host, { selectors, set, remove }) => {
    const entries = several(host, selectors);
    return {
      sessions: await Promise.all(entries.map((entry) => changeSession(entry, { kind: "label", set, remove }))),
    };
  },
  "session.theme": async (host, { selector, theme }) => {
    const entry = unwrap(host.registry.resolve(selector));
    return { session: await changeSession(entry, { kind: "theme", theme }) };
  },
  "session.stop": async (host, { selectors, grace_ms }) => {
    const entries = several(host, selectors);
    return { sessions: await Promise.all(entries.map((entry) => stopSession(host, entry, grace_ms))) };
  },
  "session.kill": async (host, { selectors }) => {
    const entries = several(host, selectors);
    return { sessions: await Promise.all(entries.map((entry) => killSession(host, entry))) };
  },
  "session.delete": async (host, { selectors, ...how }) => {
    const { purge, kill } = how;
    // Without --kill a pattern means the ended ones; a live one is only meant by its own name.
    const candidates = host.registry.entries.filter((entry) => !entry.session.archived && (kill || !entry.live));
    // What is archived is only meant where nothing else is, as with a name.
    const archived = purge ? host.registry.entries.filter((entry) => entry.session.archived) : [];
    const entries = unwrap(host.registry.resolveMany(selectors, candidates, archived));
    // Before any of them is deleted: all or none.
    if (!kill) await Promise.all(entries.map((entry) => entry.live && entry.confirm()));
    const live = kill ? undefined : entries.find((entry) => entry.live);
    if (live !== undefined) {
      throw new BideError("session_live", `session ${live.session.name} is ${live.session.state}`);
    }
    return deleteSessions(host, entries, how);
  },
  "session.restart": async (host, { selector, ...changes }) => {
    const entry = unwrap(host.registry.resolve(selector));
    return { session: await restartSession(host, entry, changes) };
  },
  "session.processes": (host, { selector, orphans }) => {
    const entries = selector === null ? undefined : [unwrap(host.registry.resolve(selector))];
    return { processes: listProcesses(host, entries, orphans) };
  },
  "session.log_read": (host, { session_id, ...params }) => readEndedLog(known(host, session_id), params),
  "session.events_read": (host, { session_id, ...params }) => readEndedEvents(known(host, session_id), params),
  "session.snapshot_read": (host, { session_id }) => readEndedSnapshot(known(host, session_id)),
};

/** Runs one method; the table's types hold per method, which TypeScript cannot follow through a variable. */
export async function callMethod(host: Host, method: HostMethod, params: unknown): Promise<unknown> {
  const run = METHODS[method] as (host: Host, params: unknown) => unknown;
  return run(host, params);
}

/** The sessions that selectors mean; patterns match live ones. */
function several(host: Host, selectors: readonly Selector[]): SessionEntry[] {
  return unwrap(host.registry.resolveMany(selectors, host.registry.live));
}

/** What a wait that comes too late is about: the newest ended session of each name. */
function newestEnded(entries: readonly SessionEntry[]): SessionEntry[] {
  const newest = new Map<string, SessionEntry>();
  for (const entry of entries) {
    const { name, created_at, archived } = entry.session;
    const other = newest.get(name);
    if (archived || entry.live || (other !== undefined && other.session.created_at > created_at)) continue;
    newest.set(name, entry);
  }
  return [...newest.values()];
}

function known(host: Host, id: string): SessionEntry {
  const entry = host.registry.byId(id);
  if (entry === undefined) throw new BideError("session_not_found", `no session has the id ${JSON.stringify(id)}`);
  return entry;
}

function sessionsOf(entries: readonly SessionEntry[]): Session[] {
  return entries.map((entry) => entry.session);
}
