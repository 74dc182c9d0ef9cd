// A raw socket against a real worker: a client that knows nothing but docs/protocol.md gets every answer, whatever
// the pieces in which it asks, and every byte of output.

import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Session } from "../../src/protocol/session.ts";
import { LiveHost } from "./live-host.ts";
import {
  ATTACH,
  ATTACHED,
  BYTES,
  EVENT,
  EXIT,
  HELLO,
  INPUT,
  jsonFrame,
  LIVE,
  OUTPUT,
  REPLAY,
  REQUEST,
  RESPONSE,
  rawFrame,
  WELCOME,
} from "./raw-session-client.ts";

let host: LiveHost;
let session: Session;

beforeAll(async () => {
  host = await LiveHost.start();
  session = await host.startSession("cat", "cat");
});
afterAll(() => host[Symbol.asyncDispose]());

test("10,000 frames in one write, 10,000 answers in order", async () => {
  const client = await host.greetSession(session);
  const ids = Array.from({ length: 10_000 }, (_, id) => id);
  client.send(Buffer.concat(ids.map((id) => jsonFrame(REQUEST, { id, method: "session.fly" }))));
  const answered: unknown[] = [];
  while (answered.length < ids.length) answered.push((await client.nextOf(RESPONSE)).json().id);
  expect(answered).toEqual(ids);
  client.close();
});

test("a hello and a question in one write, both answered", async () => {
  const client = await host.openSession(session);
  const hello = jsonFrame(HELLO, { protocol: 1, version: "x" });
  client.send(Buffer.concat([hello, jsonFrame(REQUEST, { id: 1, method: "session.status" })]));
  expect((await client.next()).type).toBe(WELCOME);
  expect((await client.next()).json()).toMatchObject({ id: 1, result: { session: { name: "cat" } } });
  client.close();
});

test("one byte at a time, the same answer as at once", async () => {
  const client = await host.openSession(session);
  const stream = Buffer.concat([
    jsonFrame(HELLO, { protocol: 1, version: "x" }),
    jsonFrame(REQUEST, { id: 1, method: "session.status" }),
  ]);
  for (const byte of stream) client.send(Uint8Array.of(byte));
  expect((await client.next()).type).toBe(WELCOME);
  expect((await client.next()).json()).toMatchObject({ id: 1, result: { session: { name: "cat" } } });
  client.close();
});

test("a slow question and then a quick one, the quick one is answered first", async () => {
  const client = await host.greetSession(session);
  const { response } = await client.ask(1, "session.status");
  const { output_bytes: offset } = (response.result as { session: Session }).session;
  client.send(
    Buffer.concat([
      jsonFrame(REQUEST, { id: 2, method: "log.read", params: { offset, wait_ms: 60_000 } }),
      jsonFrame(REQUEST, { id: 3, method: "session.status" }),
    ]),
  );
  expect((await client.nextOf(RESPONSE)).json().id).toBe(3);
  await (await host.greetSession(session)).ask(1, "input.send", { items: [{ kind: "bytes", data: btoa("slow\n") }] });
  expect((await client.nextOf(RESPONSE)).json().id).toBe(2);
  client.close();
});

test("attached and typed into, every byte of output follows the replay at its offset", async () => {
  const own = await host.startSession("echo", "sh", "-c", "stty -echo; echo before; exec cat");
  const reader = await host.greetSession(own);
  await reader.ask(1, "log.read", { offset: 0, wait_ms: 60_000 });
  reader.close();
  const client = await host.greetSession(own);
  client.send(jsonFrame(ATTACH, { rows: 24, cols: 80 }));
  // An `owner_changed` event may come first.
  const attached = await client.nextOf(ATTACHED);
  expect([attached.type, attached.json()]).toMatchObject([ATTACHED, { owner: true, session: { name: "echo" } }]);
  const replay = await client.next();
  expect([replay.type, replay.payload.includes("before")]).toEqual([REPLAY, true]);
  const live = await client.next();
  expect([live.type, live.json()]).toEqual([LIVE, { offset: "before\r\n".length }]);
  client.send(rawFrame(INPUT, "after\n"));
  let output = "";
  while (!output.endsWith("\n")) output += (await client.nextOf(OUTPUT)).payload;
  expect(output).toBe("after\r\n");
  client.send(rawFrame(INPUT, "\u0004"));
  expect((await client.nextOf(EXIT)).json()).toEqual({ state: "exited", exit_code: 0, exit_signal: null });
  await client.closed;
});

test("subscribed, every change of the session arrives as an event", async () => {
  const client = await host.greetSession(session);
  await client.ask(1, "session.subscribe");
  await client.ask(2, "session.resize", { rows: 30, cols: 100 });
  const event = (await client.nextOf(EVENT)).json();
  expect(event).toMatchObject({ event: "status", session: { rows: 30, cols: 100 } });
  client.close();
});

test("an answer of more than one frame of bytes, every byte of it", async () => {
  const own = await host.startSession("counted", "sh", "-c", "stty -onlcr; seq 100000 300000; echo done; exec cat");
  const expected = `${Array.from({ length: 200_001 }, (_, at) => `${100_000 + at}\n`).join("")}done\n`;
  const client = await host.greetSession(own);
  let text = "";
  while (text.length < expected.length) {
    const params = { offset: text.length, max: 1_048_576, wait_ms: 60_000 };
    const { response, bytes } = await client.ask(1, "log.read", params);
    expect(response.result).toMatchObject({ offset: text.length, next: text.length + bytes.length, ended: false });
    text += bytes;
  }
  expect(text === expected).toBe(true);
  // All of it is there by now, so one answer brings a mebibyte, in several frames.
  client.send(jsonFrame(REQUEST, { id: 7, method: "log.read", params: { offset: 0, max: 1_048_576 } }));
  const frames: Buffer[] = [];
  for (let frame = await client.next(); frame.type === BYTES; frame = await client.next()) frames.push(frame.payload);
  expect(frames.map((frame) => frame.readUInt32LE(0))).toEqual(Array(frames.length).fill(7));
  const whole = Buffer.concat(frames.map((frame) => frame.subarray(4))).toString();
  expect([frames.length > 1, whole === expected.slice(0, 1_048_576)]).toEqual([true, true]);
  client.close();
});
