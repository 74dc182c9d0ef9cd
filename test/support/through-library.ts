// What the sandbox arranges and waits for, asked through the library in the test's own process: each command instead would
// be another process, 12 ms of a processor, a thousand times in a run. The commands have their own tests.

import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { BideError } from "../../src/base/errors.ts";
import { type Bide, connect, type JournalEvent } from "../../src/client/index.ts";
import type { Session } from "../../src/protocol/session.ts";

export interface Place {
  /** What the commands of the sandbox run in. */
  readonly env: Readonly<Record<string, string>>;
  readonly root: string;
  /** The executable that starts the host. */
  readonly bide: string;
}

/** Connects, asks, and closes the connection again. */
export async function asking<T>(place: Place, ask: (bide: Bide) => Promise<T>, startHost = true): Promise<T> {
  const bide = await connect({ env: place.env, command: [place.bide], startHost });
  try {
    return await ask(bide);
  } finally {
    bide.close();
  }
}

/**
 * What `bide start --name NAME [--size COLSxROWS] [--cwd DIR] [--env NAME=VALUE]... -- ARGV` does; undefined where the command
 * has more to look at.
 */
export async function startSession(
  place: Place,
  name: string,
  argv: readonly string[],
  flags: readonly string[],
): Promise<Session | undefined> {
  let [cwd, size] = [place.root, "120x40"];
  const more: [string, string][] = [];
  for (let at = 0; at < flags.length; at += 2) {
    const value = flags[at + 1] ?? "";
    if (flags[at] === "--size") size = value;
    else if (flags[at] === "--cwd" && isAbsolute(value)) cwd = value;
    else if (flags[at] === "--env")
      more.push([value.slice(0, value.indexOf("=")), value.slice(value.indexOf("=") + 1)]);
    else return undefined;
  }
  if (existsSync(join(place.env.HOME ?? "", ".config/bide"))) return undefined;
  const [cols, rows] = size.split("x").map(Number);
  if (cols === undefined || rows === undefined) return undefined;
  // What a program may not find in its environment is for bide alone.
  const own = Object.entries(place.env).filter(([key]) => !key.startsWith("BIDE_TEST_") && key !== "BIDE_STATE_DIR");
  const env = Object.fromEntries([...own, ...more]);
  const options = { argv: [...argv], env, cwd, umask: process.umask(), name, rows, cols };
  const { session } = await asking(place, (bide) =>
    bide.request("session.start", { ...options, shell_integration: true }),
  );
  return session;
}

/** What `bide send NAME` does with bytes of its standard input. */
export function typeInto(place: Place, name: string, bytes: string | Uint8Array): Promise<void> {
  return asking(place, async (bide) => {
    const connection = await bide.session(name);
    try {
      const data = Buffer.from(bytes).toString("base64");
      await connection.request("input.send", { items: [{ kind: "bytes", data }] });
    } finally {
      connection.close();
    }
  });
}

/** The output of a session up to and with the piece that completes `text`; fails when the session ends before. */
export function printedBy(place: Place, name: string, text: string): Promise<string> {
  return asking(place, async (bide) => {
    const decoder = new TextDecoder();
    let output = "";
    let seen = 0;
    for await (const { bytes } of bide.output(name)) {
      output += decoder.decode(bytes, { stream: true });
      // Megabytes that were looked through already are not looked through again.
      if (output.indexOf(text, Math.max(0, seen - text.length)) >= 0) return output;
      seen = output.length;
    }
    throw new Error(`expected ${JSON.stringify(text)} in ${JSON.stringify(output)}`);
  });
}

/** The first event of a session that fits, as soon as it is there; undefined when the session ends without one. */
// biome-ignore lint/suspicious/noExplicitAny: events have the keys of their kind.
export function eventOf(place: Place, name: string, fits: (event: any) => boolean): Promise<any> {
  return asking(place, async (bide) => {
    for await (const event of bide.events(name)) if (fits(event)) return event;
    return undefined;
  });
}

/** Everything that has happened to a session so far. */
export function eventsOf(place: Place, name: string): Promise<JournalEvent[]> {
  return asking(place, (bide) => Array.fromAsync(bide.events(name, { follow: false })));
}

/** What `bide delete --kill --purge` does with every session there is, also in the archive. */
export function forgetSessions(place: Place): Promise<void> {
  return asking(place, async (bide) => {
    const [live, archived] = await Promise.all([
      bide.request("session.list", { all: true }),
      bide.request("session.list", { archived: true }),
    ]);
    const selectors = [...live.sessions, ...archived.sessions].map(({ session_id }) => ({ text: session_id }));
    if (selectors.length > 0) await bide.request("session.delete", { selectors, kill: true, purge: true });
  });
}

/** What `bide shutdown --force` does while a host answers; false when none does. */
export async function shutdownHost(place: Place): Promise<boolean> {
  try {
    await asking(place, (bide) => bide.request("host.shutdown", { force: true }), false);
    return true;
  } catch (error) {
    if (error instanceof BideError) return false;
    throw error;
  }
}
