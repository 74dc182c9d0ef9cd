// Faults C4 and C11: fifty clients that come, type, resize and go at random, and a storm of sizes of every kind. What
// counts is what is left afterwards: the owner's size, the right clients, and nothing that leaked.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import type { Attach } from "../../src/client/index.ts";
import { gone, ticksOf, until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { sandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const CLIENTS = 50;
const STEPS = amount(300, 600);

/** Numbers below `below`, the same for the same seed on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

test("50 clients attach, type, resize and leave at random, the right ones remain, the owner's size holds, nothing leaks", async () => {
  await using box = sandbox();
  const worker =
    (await box.start("x", ["sh", "-c", "stty -echo; while read line; do seq 200; echo $(stty size).; done"]))
      .worker_pid ?? 0;
  const random = numbers(4711);
  const size = () => ({ rows: 1 + random(100), cols: 1 + random(200) });
  // The host has its connection by then.
  await box.ok(["inspect", "x"]);
  const before = descriptorsOf(worker);
  const clients: (LibraryClient | undefined)[] = [];
  let left = 0;

  for (let step = 0; step < STEPS; step += 1) {
    const seat = random(CLIENTS);
    const client = clients[seat];
    const action = random(6);
    if (client === undefined) {
      const options: Partial<Attach> = { ...size(), read_only: random(5) === 0, take: random(5) === 0 };
      clients[seat] = await LibraryClient.attach(box, "x", options);
    } else if (action === 0) client.type("more\n");
    else if (action === 1) client.attachment.pause();
    else if (action === 2) client.attachment.resume();
    else if (action === 3) client.attachment.resize(size());
    else {
      if (action === 4) client[Symbol.dispose]();
      else {
        client.attachment.resume();
        await client.detach();
      }
      clients[seat] = undefined;
      left += 1;
    }
  }
  expect(left).toBeGreaterThan(amount(40, 100));

  using last = await LibraryClient.attach(box, "x", { rows: 33, cols: 99, take: true });
  const remaining = [...clients.filter((client) => client !== undefined), last];
  expect(remaining.length).toBeGreaterThan(10);
  const ids = (value: { clients: { client_id: string }[] }) => value.clients.map((client) => client.client_id).sort();
  await until("those that left without a word are gone", async () => {
    return (await box.inspect("x")).clients.length === remaining.length;
  });
  const inspected = await box.inspect("x");
  expect(ids(inspected)).toEqual(remaining.map((client) => client.id).sort());
  expect(inspected.session).toMatchObject({ state: "running", rows: 33, cols: 99, input_owner: last.id });
  for (const client of remaining) client.attachment.resume();
  for (const client of remaining) await client.until(() => client.offset >= inspected.session.output_bytes);
  // What the program itself is told.
  last.type("size\n");
  await last.shows("33 99.");
  expect(remaining.flatMap((client) => client.complaints)).toEqual([]);

  for (const client of remaining) await client.detach();
  await until("no descriptor is left", () => descriptorsOf(worker) === before);
  const events = await box.events("x");
  const count = (kind: string) => events.filter(({ event }) => event === kind).length;
  expect(count("attached")).toBe(left + remaining.length);
  expect(count("detached")).toBe(count("attached"));
  const record = JSON.parse(readFileSync(inspected.paths.worker, "utf8"));
  expect(record).toMatchObject({ clients: [], input_owner: null });
  // A queue or a timer that was forgotten would keep the worker from ending with its program.
  await box.kill("x");
  await gone(worker);
});

test("1,000 sizes at once, possible and impossible ones, the last one holds and the worker rests again", async () => {
  await using box = sandbox();
  const argv = ["sh", "-c", "stty -echo; while read line; do echo $(stty size).; sleep 0.5; echo rested; done"];
  const worker = (await box.start("x", argv)).worker_pid ?? 0;
  using client = await LibraryClient.attach(box, "x");
  const odd = [0, -1, 1, 0.5, 65_535, 1e308, -1e308, 24.9, 1000, 1001, Number.NaN, Infinity, -Infinity];
  const random = numbers(11);
  const pick = () => odd[random(odd.length)] ?? 0;
  for (let count = 0; count < 1000; count += 1) {
    const { attachment } = client;
    if (count % 5 === 0) attachment.resize({ rows: pick(), cols: pick(), xpixel: pick(), ypixel: pick() });
    else attachment.resize({ rows: 1 + random(60), cols: 1 + random(200) });
  }
  client.attachment.resize({ rows: 29, cols: 97 });
  client.type("go\n");
  await client.shows("29 97.");
  const before = ticksOf(worker);
  await client.shows("rested");
  expect(ticksOf(worker) - before).toBeLessThan(20);
  const sizes = (await box.events("x")).filter(({ event }) => event === "resized");
  for (const { rows, cols } of sizes) {
    expect(Math.min(Number(rows), Number(cols))).toBeGreaterThanOrEqual(1);
    expect(Math.max(Number(rows), Number(cols))).toBeLessThanOrEqual(1000);
  }
  // The program heard of the first, of a few on the way, and of the last.
  const times = sizes.map(({ time }) => Date.parse(String(time)));
  const lastedMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(sizes.length).toBeLessThanOrEqual(lastedMs / 20 + 4);
  for (const [asked, got] of [
    [{ rows: 0, cols: 0 }, "1 1."],
    [{ rows: 65_535, cols: 65_535 }, "1000 1000."],
    [{ rows: Number.NaN, cols: Infinity }, "1 1."],
  ] as const) {
    client.attachment.resize(asked);
    client.type("go\n");
    await client.shows(got);
  }
});
