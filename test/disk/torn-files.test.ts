// Fault D2 on the files of a real session: cut anywhere, one bit flipped anywhere. A host opens them all, lists
// what is whole as it was, invents nothing, throws at nothing, and leaves every file as it is.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bide, connect } from "../../src/client/index.ts";
import type { Session } from "../../src/protocol/session.ts";
import { gone, kill9, until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

interface Damaged {
  readonly id: string;
  /** Of the damaged byte. */
  readonly at: number;
  readonly directory: string;
  readonly bytes: Buffer;
}

interface Original {
  readonly session: Session;
  readonly root: string;
}

/** The tests in src/store damage their files at every byte; with real ones that takes 20 s, so every thirteenth has to do. */
const STEP = amount(13, 1);

type Damage = (bytes: Buffer, at: number) => Buffer;

const CUT: Damage = (bytes, at) => bytes.subarray(0, at);
const FLIP: Damage = (bytes, at) => {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
  return flipped;
};

/** A session that has ended, in a state directory without a host. */
async function endedSession(box: Sandbox): Promise<Original> {
  await box.start("torn", ["sh", "-c", "echo hello; exit 3"], ["--label", "key=value", "--size", "80x24"]);
  await box.event("torn", (event) => event.event === "exited");
  const root = await until("its worker has ended", async () => {
    const { session, paths } = await box.inspect("torn");
    return session.worker_pid === null && (paths.root as string);
  });
  const session = await box.session("torn");
  await stopHost(box);
  return { session, root };
}

async function stopHost(box: Sandbox): Promise<void> {
  const { pid } = (await box.json(["host", "status"])).host;
  await box.ok(["host", "stop"]);
  await gone(pid);
}

/** A copy of the session for each of these bytes of one of its files, with that file damaged there. */
function copies(box: Sandbox, { session, root }: Original, file: string, damage: Damage): Damaged[] {
  const files = [...new Set(["meta.json", file])].map((name) => ({
    name,
    text: readFileSync(join(root, name), "latin1"),
  }));
  const length = statSync(join(root, file)).size;
  return Array.from({ length: Math.ceil(length / STEP) }, (_, index) => {
    const at = length - 1 - index * STEP;
    const id = crypto.randomUUID();
    const directory = join(box.stateDir, "sessions", id);
    mkdirSync(directory, { mode: 0o700 });
    let damaged = Buffer.alloc(0);
    for (const { name, text } of files) {
      const own = text.replaceAll(session.session_id, id);
      const bytes = Buffer.from(name === "events.jsonl" ? withChecksums(own) : own, "latin1");
      if (name === file) damaged = Buffer.from(damage(bytes, at));
      writeFileSync(join(directory, name), name === file ? damaged : bytes, { mode: 0o600 });
    }
    return { id, at, directory, bytes: damaged };
  });
}

/** docs/files.md: CRC-32 of all bytes of the line before `,"crc":"`. */
function withChecksums(journal: string): string {
  return journal.replace(/^(.*),"crc":"[0-9a-f]{8}"\}$/gm, (_line, body: string) => {
    return `${body},"crc":"${Bun.hash.crc32(Buffer.from(body, "latin1")).toString(16).padStart(8, "0")}"}`;
  });
}

async function eventsOf(bide: Bide, id: string): Promise<Record<string, unknown>[]> {
  const { events } = await bide.request("session.events_read", { session_id: id });
  return events.map(({ session_id: _id, seq: _seq, ...event }) => event);
}

test("meta.json cut or flipped all over, whole records as they were, the others left out and untouched", async () => {
  await using box = sandbox();
  const original = await endedSession(box);
  const cut = copies(box, original, "meta.json", CUT);
  const flipped = copies(box, original, "meta.json", FLIP);
  expect(cut.length * STEP).toBeGreaterThan(1000);
  using bide = await opened(box);
  const { sessions } = await bide.request("session.list", { all: true });
  const listed = new Map(sessions.map((session) => [session.session_id, session]));
  expect(listed.get(original.session.session_id)).toEqual(original.session);
  // A file without its last line end is whole, all shorter ones are not.
  const whole = statSync(join(original.root, "meta.json")).size - 1;
  expect(cut.filter(({ id }) => listed.has(id)).map(({ at }) => at)).toEqual([whole]);
  for (const { id } of flipped) {
    const session = listed.get(id);
    if (session !== undefined) expect(changedKeys(session, original.session)).toBeLessThanOrEqual(1);
  }
  expect(sessions.length).toBeLessThanOrEqual(2 + flipped.length);
  for (const { directory, bytes } of [...cut, ...flipped]) {
    expect(readFileSync(join(directory, "meta.json")).equals(bytes)).toBe(true);
  }
});

test("the journal cut or flipped all over, every whole event before and behind the damage, and no other", async () => {
  await using box = sandbox();
  const original = await endedSession(box);
  const cut = copies(box, original, "events.jsonl", CUT);
  const flipped = copies(box, original, "events.jsonl", FLIP);
  using bide = await opened(box);
  const all = await eventsOf(bide, original.session.session_id);
  expect(all.map(({ event }) => event)).toContain("exited");
  for (const { id, bytes } of cut) {
    const whole = bytes.toString("latin1").split("\n").length - 1;
    expect(await eventsOf(bide, id)).toEqual(all.slice(0, whole));
  }
  const journal = readFileSync(join(original.root, "events.jsonl"), "latin1");
  for (const { id, at, directory, bytes } of flipped) {
    const line = journal.slice(0, at).split("\n").length - 1;
    const left = await eventsOf(bide, id);
    // A damaged line end takes the next line with it.
    const without = all.filter((_event, index) => index !== line);
    const withoutTwo = without.filter((_event, index) => index !== line);
    expect(left.length === without.length ? without : withoutTwo).toEqual(left);
    expect(readFileSync(join(directory, "events.jsonl")).equals(bytes)).toBe(true);
  }
});

test("a torn journal that is written again, the bad end is kept aside and the numbers go on", async () => {
  await using box = sandbox();
  const { root } = await endedSession(box);
  const journal = join(root, "events.jsonl");
  const before = readFileSync(journal);
  truncateSync(journal, before.length - 30);
  const last = before
    .toString("latin1", 0, before.length - 30)
    .split("\n")
    .at(-1);
  await box.ok(["restart", "torn"]);
  await box.event("torn", ({ event }) => event === "restarted");
  const aside = readdirSync(root).filter((name) => name.startsWith("events.jsonl.torn-"));
  expect(aside.map((name) => readFileSync(join(root, name), "latin1"))).toEqual([last ?? ""]);
  const events = (await box.ok(["events", "torn", "--json"]))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
});

test("worker.json and host.json cut anywhere, the session is found alive and panes are not given out twice", async () => {
  await using box = sandbox();
  const { child_pid, worker_pid } = await box.start("alive", ["cat"]);
  const { paths } = await box.inspect("alive");
  const length = readFileSync(paths.worker).length;
  let panes = 0;
  for (const part of [0, 0.3, 0.6, 0.99]) {
    await kill9((await box.json(["host", "status"])).host.pid);
    truncateSync(paths.worker, Math.min(readFileSync(paths.worker).length, Math.floor(part * length)));
    truncateSync(join(box.stateDir, "host.json"), Math.floor(part * 100));
    const session = await box.session("alive");
    expect(session).toMatchObject({ state: "running", child_pid, worker_pid, pane_id: "%0" });
    const next = await box.start(`next-${part}`, ["cat"]);
    panes += 1;
    expect(next.pane_id).toBe(`%${panes}`);
  }
});

function changedKeys(a: Session, b: Session): number {
  const keys = Object.keys(b) as (keyof Session)[];
  return keys.filter((key) => key !== "session_id" && !Bun.deepEquals(a[key], b[key])).length;
}

async function opened(box: Sandbox): Promise<Bide & Disposable> {
  await box.ok(["list"]);
  const bide = await connect({ env: box.env, startHost: false });
  return Object.assign(bide, { [Symbol.dispose]: () => bide.close() });
}
