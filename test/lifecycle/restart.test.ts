// Restart: the same session goes on with a new process. Its id, pane, name, labels, log and offsets are those it had,
// and what it showed before stands above what it shows now.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { attachWindow, killHost, rawLog } from "./bide-commands.ts";
import { kill9, until } from "./processes.ts";

setDefaultTimeout(60_000);

test("a session restarted three times, the same id, one log, offsets that go on, and the scrollback above", async () => {
  await using box = sandbox();
  mkdirSync(join(box.home, "work"));
  const program = 'echo "life of $MARK in $PWD"; seq 1 40; read line; exit 5';
  const flags = ["-l", "k=v", "--cwd", "home/work", "-e", "MARK=secret token", "--size", "80x24", "--role", "worker"];
  const first = await box.start("x", ["sh", "-c", program], flags);
  const life = `life of secret token in ${join(box.home, "work")}\r\n${lines(40)}`;
  for (let round = 0; round < 3; round += 1) {
    await until(
      "it has printed",
      async () => (await status(box)).output_bytes >= life.length * (round + 1) + round * 2,
    );
    await box.type("x", "\r");
    await until("it has ended", async () => (await status(box)).state === "exited");
    if (round === 1) await killHost(box);
    const { session } = await box.json(["restart", "x"]);
    const { session_id, pane_id, created_at, labels, cwd, role, argv } = first;
    expect(session).toMatchObject({ session_id, pane_id, created_at, labels, cwd, role, argv, name: "x" });
    expect(session).toMatchObject({ state: "running", exit_code: null, ended_at: null, rows: 24, cols: 80 });
    expect(session.child_pid).not.toBe(first.child_pid);
  }
  const all = `${life}\r\n`.repeat(3) + life;
  await until("the last life has printed", async () => (await status(box)).output_bytes === all.length);
  expect(new TextDecoder().decode(await rawLog(box, "x"))).toBe(all);

  await using window = attachWindow(box, "x");
  await window.shows(/^40$/m);
  const history = await box.ok(["history", "x"]);
  expect(history.match(/life of secret token/g)).toHaveLength(4);
  expect(
    history
      .trimEnd()
      .split("\n")
      .filter((line) => line === "17"),
  ).toHaveLength(4);

  const events = (await box.ok(["events", "x", "--json"]))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const kinds = events.map(({ event }) => event).filter((event) => ["created", "exited", "restarted"].includes(event));
  expect(kinds).toEqual(["created", ...Array(3).fill(["exited", "restarted"]).flat()]);
  const offsets = events.filter(({ event }) => event === "output").map(({ offset }) => offset);
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  expect(events.filter(({ event }) => event === "exited").map(({ offset }) => offset)).toEqual(
    [1, 2, 3].map((lives) => lives * (life.length + 2)),
  );
});

test("restarted out of the archive, the same session with its log, also by another host", async () => {
  await using box = sandbox();
  for (const newHost of [false, true]) {
    const { session_id } = await box.start("x", ["sh", "-c", "echo again; read line"]);
    await box.printed("x", "again\r\n");
    await box.ok(["delete", "x", "--kill"]);
    if (newHost) await killHost(box);
    const { session } = await box.json(["restart", "x"]);
    expect(session).toMatchObject({ session_id, state: "running", archived: false });
    await box.printed("x", "again\r\nagain\r\n");
    expect((await box.json(["list", "--archived"])).sessions).toEqual([]);
    if (newHost) await killHost(box);
    expect((await box.json(["list"])).sessions).toMatchObject([{ session_id, archived: false }]);
    await box.ok(["delete", "x", "--kill", "--purge"]);
  }
});

test("a session whose worker was killed, restarted with its log and behind it", async () => {
  await using box = sandbox();
  const before = await box.start("x", ["sh", "-c", "echo a life; exec cat"]);
  await box.printed("x", "a life\r\n");
  await kill9(before.worker_pid ?? 0);
  await until("it is lost", async () => (await status(box)).state === "lost");
  await box.ok(["restart", "x"]);
  await until("it printed again", async () => (await status(box)).output_bytes >= 16);
  expect(new TextDecoder().decode(await rawLog(box, "x"))).toBe("a life\r\na life\r\n");
});

test("restarted under a name that somebody else took, refused and nothing changed", async () => {
  await using box = sandbox();
  const ended = await box.start("x", ["true"]);
  await until("it has ended", async () => (await status(box)).state === "exited");
  await box.start("x", ["cat"]);
  expect((await box.run(["restart", ended.session_id])).code).toBe(4);
  expect(await box.session(ended.session_id)).toMatchObject({ state: "exited", exit_code: 0 });
  expect(await status(box)).toMatchObject({ state: "running" });
  await box.kill("x");
  await box.ok(["restart", ended.session_id]);
});

async function status(box: Sandbox) {
  return box.session("x");
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 1}\r\n`).join("");
}
