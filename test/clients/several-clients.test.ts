// Several clients on one session: who owns input and size, what observers may do, who takes over (faults C3 and C5,
// and the command line page's section "Attached"). The program's own idea of its size is asked, not ours.

import { expect, setDefaultTimeout, test } from "bun:test";
import { unwrap } from "../../src/base/errors.ts";
import { locate, workerSocket } from "../../src/base/locations.ts";
import { stateOf, ticksOf } from "../lifecycle/processes.ts";
import { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { ATTACH, ATTACHED, INPUT, jsonFrame, RawSessionClient, rawFrame } from "../protocol/raw-session-client.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Says its size for each line that it reads, and the line. */
const SAYS_SIZE = ["sh", "-c", `stty -echo; echo ready; while read line; do echo "$line at $(stty size)."; done`];

/** Resolves once everybody knows that this client owns. */
async function owns(client: LibraryClient | null, ...witnesses: LibraryClient[]): Promise<void> {
  for (const witness of witnesses) {
    await witness.until(() => ownerFor(witness) === (client?.id ?? null));
  }
}

function ownerFor(client: LibraryClient): unknown {
  const told = client.events.findLast((event) => event.event === "owner_changed");
  return told === undefined ? client.attachment.session.input_owner : told.client_id;
}

async function sizeOf(box: Sandbox, name: string): Promise<string> {
  const session = await box.session(name);
  return `${session.rows} ${session.cols}`;
}

test("owner, guest and observer, keys of two reach the program and the size is the owner's", async () => {
  await using box = shared();
  await box.start("x", SAYS_SIZE);
  using a = await LibraryClient.attach(box, "x", { rows: 30, cols: 100 });
  using b = await LibraryClient.attach(box, "x", { rows: 20, cols: 70 });
  using observer = await LibraryClient.attach(box, "x", { rows: 10, cols: 40, read_only: true });
  a.type("one\n");
  await observer.shows("one at 30 100.");
  // Typing claims, and nobody's keys are lost.
  b.type("two\n");
  await owns(b, a, b, observer);
  await observer.shows("two at 20 70.");
  observer.type("never\n");
  observer.attachment.resize({ rows: 50, cols: 50 });
  a.attachment.resize({ rows: 31, cols: 101 });
  // Neither owns: their windows are theirs. The answer comes when the worker has heard of the new size.
  for (const guest of [observer, a]) {
    const { session } = await guest.connection.request("session.status", {});
    expect(session).toMatchObject({ rows: 20, cols: 70 });
  }
  await box.ok(["send", "x", "sent", "--enter", "--force"]);
  await observer.shows("sent at 20 70.");
  a.type("three\n");
  await observer.shows("three at 31 101.");
  b.attachment.resize({ rows: 21, cols: 71 });
  // A click claims as well; it is typed like any key, so the program reads it in front of the next line.
  b.type("\x1b[<0;1;1M");
  await owns(b, a, b, observer);
  b.type("four\n");
  await observer.shows("four at 21 71.");
  expect(observer.tail).not.toContain("never");
  const { clients } = await box.inspect("x");
  expect(clients).toMatchObject([
    { client_id: a.id, owner: false, read_only: false, rows: 31, cols: 101 },
    { client_id: b.id, owner: true, read_only: false, rows: 21, cols: 71 },
    { client_id: observer.id, owner: false, read_only: true, rows: 50, cols: 50 },
  ]);
});

test("owners leave in any way, the next most recent takes over with its size, an observer never does", async () => {
  await using box = sandbox();
  await box.start("x", SAYS_SIZE);
  using observer = await LibraryClient.attach(box, "x", { rows: 10, cols: 40, read_only: true });
  expect(ownerFor(observer)).toBeNull();
  using first = await LibraryClient.attach(box, "x", { rows: 21, cols: 71 });
  using second = await LibraryClient.attach(box, "x", { rows: 22, cols: 72 });
  using third = await LibraryClient.attach(box, "x", { rows: 23, cols: 73, take: true });
  await owns(third, observer, first, second, third);
  second.type("typed\n");
  await observer.shows("typed at 22 72.");
  // `bide attach --take` in a real terminal, then killed: nobody hears a word of it.
  await using window = new TerminalWindow([BIDE, "attach", "--take", "x"], { env: box.env, cwd: box.root });
  await window.shows("typed at 22 72.");
  window.type("window\r");
  await observer.shows("window at 24 80.");
  await window.kill();
  await owns(second, observer, first, second, third);
  expect(await sizeOf(box, "x")).toBe("22 72");
  await second.detach();
  await owns(third, observer, first, third);
  third[Symbol.dispose]();
  await owns(first, observer, first);
  expect(await sizeOf(box, "x")).toBe("21 71");
  await first.detach();
  await owns(null, observer);
  observer.type("never\n");
  await box.type("x", "sent\r");
  await observer.shows("sent at 21 71.");
  expect(observer.tail).not.toContain("never");
});

test("an owner cut off in the middle of a frame, the next one owns, nothing is typed and the worker rests", async () => {
  await using box = shared();
  const session = await box.start("x", [
    "sh",
    "-c",
    "stty -echo; echo ready; while read line; do sleep 0.5; echo got $line; done",
  ]);
  const worker = session.worker_pid ?? 0;
  const raw = await RawSessionClient.connect(workerSocket(unwrap(locate(box.env)).runtimeDir, session.session_id));
  await raw.greet();
  raw.send(jsonFrame(ATTACH, { rows: 24, cols: 80 }));
  const { client_id } = (await raw.nextOf(ATTACHED)).json();
  using next = await LibraryClient.attach(box, "x");
  expect(ownerFor(next)).toBe(client_id);
  raw.send(rawFrame(INPUT, "half of it", 1000).subarray(0, 12));
  raw.close();
  await owns(next, next);
  const before = ticksOf(worker);
  next.type("whole\n");
  await next.shows("got whole");
  // A loop that spins would have used all of the program's half second: 50 ticks.
  expect(ticksOf(worker) - before).toBeLessThan(20);
  expect((await box.inspect("x")).clients).toHaveLength(1);
});

test("a client killed in the middle of a paste, what arrived is typed in order and the session goes on", async () => {
  await using box = sandbox();
  const { child_pid } = await box.start("x", ["sh", "-c", "stty raw -echo; echo ready; exec cat"]);
  await using window = new TerminalWindow([BIDE, "attach", "x"], { env: box.env, cwd: box.root });
  await window.shows("ready");
  using other = await LibraryClient.attach(box, "x");
  let echoed = "";
  other.onOutput = (bytes) => {
    echoed += Buffer.from(bytes).toString("latin1");
  };
  const paste = Array.from({ length: 20_000 }, (_, line) => `${line},`).join("");
  window.type(paste.slice(0, 60_000));
  await other.until(() => echoed.length > 0);
  await window.kill();
  expect(stateOf(window.pid) ?? "Z").toBe("Z");
  await owns(other, other);
  other.type("END");
  await other.shows("END");
  expect(paste).toStartWith(echoed.slice(0, echoed.indexOf("END")));
  const session = await box.session("x");
  expect(session).toMatchObject({ state: "running", child_pid, attached_clients: 1 });
});
