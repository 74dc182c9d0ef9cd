// A raw socket against a real worker: what breaks the rules costs its own connection and nothing else (faults F1,
// F2, C3).

import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Session } from "../../src/protocol/session.ts";
import { LiveHost } from "./live-host.ts";
import {
  ATTACH,
  ERROR,
  HELLO,
  INPUT,
  jsonFrame,
  type RawSessionClient,
  REQUEST,
  RESPONSE,
  rawFrame,
} from "./raw-session-client.ts";

let host: LiveHost;
let session: Session;

beforeAll(async () => {
  host = await LiveHost.start();
  session = await host.startSession("cat", "cat");
});
afterAll(() => host[Symbol.asyncDispose]());

/** Everything up to the end of the connection: the reason that was told, and how many frames came. */
async function untilClosed(client: RawSessionClient): Promise<{ code: unknown; message: string; frames: number }> {
  let reason: { code?: unknown; message?: unknown } = {};
  let frames = 0;
  for (;;) {
    const frame = await client.next().catch(() => undefined);
    if (frame === undefined) return { code: reason.code, message: String(reason.message), frames };
    frames += 1;
    if (frame.type === ERROR) reason = frame.json();
  }
}

/** The session as a well-behaved client finds it: the same process, running, nobody attached. */
async function expectUntouched(): Promise<void> {
  const client = await host.greetSession(session);
  const { response } = await client.ask(1, "session.status");
  expect(response.result).toMatchObject({
    session: { state: "running", child_pid: session.child_pid, worker_pid: session.worker_pid, attached_clients: 0 },
  });
  client.close();
}

function workerMemoryKib(): number {
  const status = readFileSync(`/proc/${session.worker_pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
}

test("garbage instead of a hello, closed with the reason", async () => {
  const garbage = ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0000".repeat(64), '{"jsonrpc":"2.0","id":1}\n'];
  for (const text of garbage) {
    const client = await host.openSession(session);
    client.send(Buffer.from(text));
    expect(await untilClosed(client)).toMatchObject({ code: "protocol", frames: 1 });
  }
  await expectUntouched();
});

test("a request or an attach before the hello, closed with the reason and nothing done", async () => {
  for (const frame of [
    jsonFrame(REQUEST, { id: 1, method: "session.kill" }),
    jsonFrame(ATTACH, { rows: 1, cols: 1 }),
  ]) {
    const client = await host.openSession(session);
    client.send(frame);
    expect(await untilClosed(client)).toMatchObject({ code: "protocol", message: "expected a hello first" });
  }
  await expectUntouched();
});

test("a hello with a wrong field, closed with an error that names it", async () => {
  const client = await host.openSession(session);
  client.send(jsonFrame(HELLO, { protocol: "one", version: "x" }));
  expect((await untilClosed(client)).message).toBe('hello.protocol: expected number, got "one"');
});

test("lengths of 2^32 - 1 and one more than allowed announced, closed with both numbers, memory flat", async () => {
  const before = workerMemoryKib();
  for (const length of [0xffff_ffff, 4_194_305]) {
    for (let round = 0; round < 20; round += 1) {
      const client = await host.greetSession(session);
      client.send(rawFrame(INPUT, "x", length));
      const { code, message } = await untilClosed(client);
      expect([code, message]).toEqual(["protocol", `frame of type 3 says ${length} bytes, at most 4194304`]);
    }
  }
  expect(workerMemoryKib() - before).toBeLessThan(16 * 1024);
  await expectUntouched();
});

test("a broken client that goes on sending 16 MB, nothing of it is kept", async () => {
  const client = await host.greetSession(session);
  const before = workerMemoryKib();
  client.send(rawFrame(INPUT, "x", 0xffff_ffff), Buffer.alloc(16 * 1024 * 1024));
  expect((await untilClosed(client)).code).toBe("protocol");
  expect(workerMemoryKib() - before).toBeLessThan(16 * 1024);
  await expectUntouched();
});

test("frames without a payload and of types that nobody knows, passed over", async () => {
  const client = await host.greetSession(session);
  for (const type of [0, 7, 64, 65, 77, 128, 255]) client.send(rawFrame(type), rawFrame(type, "whatever"));
  client.send(rawFrame(INPUT));
  const { response } = await client.ask(1, "session.status");
  expect(response.id).toBe(1);
  client.close();
});

test("a frame whose JSON is empty or wrong, closed with an error that says what it was", async () => {
  const cases: [Buffer, string][] = [
    [rawFrame(REQUEST), "a message is not valid JSON"],
    [rawFrame(REQUEST, "{"), "a message is not valid JSON"],
    [jsonFrame(REQUEST, { id: -1, method: "x" }), "request.id: expected >=0, got -1"],
    [jsonFrame(REQUEST, { method: "x" }), "request.id is missing"],
    [jsonFrame(ATTACH, { rows: "24", cols: 80 }), 'attach.rows: expected number, got "24"'],
    [jsonFrame(ATTACH, []), "attach.rows is missing"],
  ];
  for (const [frame, message] of cases) {
    const client = await host.greetSession(session);
    client.send(frame);
    expect(await untilClosed(client)).toMatchObject({ code: "protocol", message });
  }
  await expectUntouched();
});

test("half a header, then the connection closed, the session untouched", async () => {
  for (const half of [Buffer.alloc(0), Buffer.from([3]), Buffer.from([3, 9, 0]), rawFrame(INPUT, "abc", 9)]) {
    const client = await host.greetSession(session);
    client.send(half);
    client.close();
    await client.closed;
  }
  await expectUntouched();
});

test("a method that this worker does not know, the answer is unsupported and the connection goes on", async () => {
  const client = await host.greetSession(session);
  for (const method of ["session.fly", "toString", "__proto__", ""]) {
    const { response } = await client.ask(5, method);
    expect(response).toMatchObject({ id: 5, error: { code: "unsupported" } });
  }
  const { response } = await client.ask(6, "session.status");
  expect(response.error).toBeUndefined();
  client.close();
});

test("parameters of the wrong type, the answer names the field and the connection goes on", async () => {
  const client = await host.greetSession(session);
  const cases: [string, unknown, string][] = [
    ["session.resize", { rows: 0, cols: 80 }, "session.resize.rows: expected >=1, got 0"],
    ["log.read", { offset: -1 }, "log.read.offset: expected >=0, got -1"],
    ["log.read", "x", 'log.read: expected Object, got "x"'],
    ["input.send", { items: [{ kind: "key" }] }, "input.send.items.0.key is missing"],
    ["session.stop", { grace_ms: 1e12 }, "session.stop.grace_ms: expected <=2147483647, got 1000000000000"],
  ];
  for (const [method, params, message] of cases) {
    const { response } = await client.ask(9, method, params);
    expect(response).toMatchObject({ id: 9, error: { code: "protocol", message } });
  }
  client.close();
  await expectUntouched();
});

test("valid JSON that attacks: nested a million deep, keys of prototypes, half characters; answered, and nothing is changed", async () => {
  const client = await host.greetSession(session);
  const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
  const params = [
    deep,
    `{"rows":${deep},"cols":80}`,
    '{"__proto__":{"rows":5,"cols":5}}',
    '{"rows":"\\ud800\u2028","cols":80}',
  ];
  for (const [id, text] of params.entries()) {
    client.send(rawFrame(REQUEST, `{"id":${id},"method":"session.resize","params":${text}}`));
    expect((await client.nextOf(RESPONSE)).json()).toMatchObject({ id, error: { code: "protocol" } });
  }
  const polluting = '{"set":{"__proto__":{"kind":"host"},"constructor":{}},"remove":[]}';
  client.send(rawFrame(REQUEST, `{"id":9,"method":"session.label","params":${polluting}}`));
  expect((await client.nextOf(RESPONSE)).json()).toMatchObject({ id: 9, error: { code: expect.any(String) } });
  client.close();
  // On any other connection everybody is still who they were.
  const other = await host.greetSession(session);
  const { response } = await other.ask(1, "session.rename", { name: "other" });
  expect(response).toMatchObject({ error: { code: "not_permitted" } });
  other.close();
  await expectUntouched();
});

test("a method's name of 3 MB, an answer that fits into a frame", async () => {
  const client = await host.greetSession(session);
  const { response } = await client.ask(3, "\u0001".repeat(500_000));
  expect(response).toMatchObject({ id: 3, error: { code: "unsupported" } });
  client.close();
});

test("what only the host may do, refused to a client", async () => {
  const client = await host.greetSession(session);
  const { response } = await client.ask(1, "session.rename", { name: "other" });
  expect(response).toMatchObject({ error: { code: "not_permitted" } });
  client.close();
});
