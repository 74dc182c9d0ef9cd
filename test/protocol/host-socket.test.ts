// A raw socket against a real host: JSON-RPC 2.0 by lines, and what happens to those who get it wrong (faults F1,
// F2). One peer's mistakes never reach another's connection.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Session } from "../../src/protocol/session.ts";
import { LiveHost } from "./live-host.ts";
import type { RawHostClient } from "./raw-host-client.ts";

let host: LiveHost;
let bystander: RawHostClient;
let hostPid: number;

beforeAll(async () => {
  host = await LiveHost.start();
  await host.startSession("cat", "cat");
  bystander = await host.connect();
  hostPid = ((await bystander.call("host.status", {})) as { pid: number }).pid;
});
afterAll(async () => {
  bystander.close();
  await host[Symbol.asyncDispose]();
});

/** A peer that was connected before the mistake still gets its answers. */
async function expectServing(): Promise<void> {
  const { sessions } = (await bystander.call("session.list", {})) as { sessions: Session[] };
  expect(sessions.map(({ name, state }) => [name, state])).toContainEqual(["cat", "running"]);
}

function hostMemoryKib(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${hostPid}/status`, "utf8"))?.[1]);
}

test("lines that are no JSON, no request or a batch, each answered with its number, and the connection goes on", async () => {
  const client = await host.connect();
  const cases: [string, number][] = [
    ["rubbish", -32700],
    ["{", -32700],
    ["\u0000\u0001", -32700],
    ["[]", -32600],
    ["5", -32600],
    ["null", -32600],
    ['{"jsonrpc":"1.0","id":1,"method":"host.status"}', -32600],
    ['{"jsonrpc":"2.0","method":"host.status"}', -32600],
    ['{"jsonrpc":"2.0","id":null,"method":"host.status"}', -32600],
    ['{"jsonrpc":"2.0","id":1,"method":5}', -32600],
  ];
  for (const [line, code] of cases) {
    client.send(`${line}\n`);
    expect({ line, ...(await client.next()) }).toMatchObject({
      line,
      id: null,
      error: { code, data: { code: "protocol" } },
    });
  }
  expect(await client.call("host.status", {})).toMatchObject({ pid: hostPid });
  client.close();
  await expectServing();
});

test("a method that this host does not know, unsupported with its id kept", async () => {
  const client = await host.connect();
  for (const method of ["session.fly", "toString", "__proto__"]) {
    client.send(`${JSON.stringify({ jsonrpc: "2.0", id: "seven", method })}\n`);
    expect(await client.next()).toMatchObject({ id: "seven", error: { code: -32601, data: { code: "unsupported" } } });
  }
  client.close();
});

test("parameters of the wrong type, an answer that names the field", async () => {
  const client = await host.connect();
  const cases: [string, unknown, string][] = [
    [
      "session.start",
      { argv: [], env: {}, cwd: "/", umask: 0, rows: 0, cols: 1 },
      "session.start.rows: expected >=1, got 0",
    ],
    ["session.start", { argv: "ls", env: {}, cwd: "/", umask: 0 }, 'session.start.argv: expected Array, got "ls"'],
    ["session.resolve", { selector: { text: 5 } }, "session.resolve.selector.text: expected string, got 5"],
    ["session.resolve", {}, "session.resolve.selector is missing"],
    ["session.kill", { selectors: "cat" }, 'session.kill.selectors: expected Array, got "cat"'],
  ];
  for (const [method, params, message] of cases) {
    client.send(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })}\n`);
    expect(await client.next()).toMatchObject({ id: 1, error: { code: -32602, message, data: { code: "protocol" } } });
  }
  client.close();
  await expectServing();
});

test("valid JSON that attacks: nested a million deep, keys of prototypes, half characters; answered, and nothing is changed", async () => {
  const client = await host.connect();
  const deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
  const start = '"argv":["cat"],"cwd":"/","umask":18,"rows":1,"cols":1';
  const cases = [
    ["session.resolve", `{"selector":${deep}}`, -32602],
    ["session.resolve", `{"selector":{"text":${deep}}}`, -32602],
    ["session.resolve", '{"__proto__":{"selector":{"text":"cat"}}}', -32602],
    ["session.resolve", '{"selector":{"text":"\\ud800\u2028\\u0000"}}', -32000],
    ["session.start", `{${start},"env":{},"name":"\\ud800"}`, -32000],
    ["session.start", `{${start},"env":{},"labels":{"__proto__":{"a":"b"}},"name":"%1"}`, -32000],
  ] as const;
  for (const [id, [method, params, code]] of cases.entries()) {
    client.send(`{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}\n`);
    expect(await client.next()).toMatchObject({ id, error: { code } });
  }
  client.close();
  await expectServing();
  const { sessions } = (await bystander.call("session.list", { all: true })) as { sessions: Session[] };
  expect(sessions.map(({ name }) => name)).toEqual(["cat"]);
});

test("what cannot be done, -32000 with the code and hint of our table", async () => {
  const client = await host.connect();
  client.send('{"jsonrpc":"2.0","id":1,"method":"session.resolve","params":{"selector":{"text":"nobody"}}}\n');
  const { error } = await client.next();
  expect(error).toEqual({
    code: -32000,
    message: 'no session matches "nobody"',
    data: { code: "session_not_found", hint: "`bide list --all` shows every session" },
  });
  client.close();
});

test("two requests in one packet, one request in many, line ends of every kind, each answered", async () => {
  const client = await host.connect();
  const request = (id: number) => JSON.stringify({ jsonrpc: "2.0", id, method: "host.status" });
  client.send(`${request(1)}\n${request(2)}\r\n\n\n`);
  for (const byte of Buffer.from(`${request(3)}\n`)) client.send(Uint8Array.of(byte));
  const ids = [await client.next(), await client.next(), await client.next()].map(({ id }) => id);
  expect(ids.sort()).toEqual([1, 2, 3]);
  client.close();
});

test("10,000 requests in one write, 10,000 answers", async () => {
  const client = await host.connect();
  const ids = Array.from({ length: 10_000 }, (_, id) => id);
  client.send(ids.map((id) => `${JSON.stringify({ jsonrpc: "2.0", id, method: "none" })}\n`).join(""));
  const answered = new Set<unknown>();
  while (answered.size < ids.length) answered.add((await client.next()).id);
  expect(answered).toEqual(new Set(ids));
  client.close();
});

test("a question that takes long and then a quick one, the quick one is answered first", async () => {
  await host.startSession("stubborn", "sh", "-c", "trap '' INT HUP TERM; while :; do read -r line; done");
  const client = await host.connect();
  const stop = { selectors: [{ text: "stubborn" }], grace_ms: 60_000 };
  client.send(`${JSON.stringify({ jsonrpc: "2.0", id: "slow", method: "session.stop", params: stop })}\n`);
  client.send('{"jsonrpc":"2.0","id":"quick","method":"host.status"}\n');
  expect((await client.next()).id).toBe("quick");
  await bystander.call("session.kill", { selectors: [{ text: "stubborn" }] });
  expect(await client.next()).toMatchObject({ id: "slow", result: { sessions: [{ state: "killed" }] } });
  client.close();
});

test("a line longer than the limit, refused with the reason and closed; what follows is not kept", async () => {
  const client = await host.connect();
  const before = hostMemoryKib();
  const megabyte = new Uint8Array(1024 * 1024).fill(97);
  client.send(...Array.from({ length: 48 }, () => megabyte));
  const { error } = await client.next();
  expect(error).toMatchObject({ code: -32600, message: "a message is longer than 16777216 bytes" });
  await client.closed;
  // The line up to its limit, its copy while growing, and garbage.
  expect(hostMemoryKib() - before).toBeLessThan(96 * 1024);
  await expectServing();
});

test("half a line, then the connection closed, the host untouched", async () => {
  for (const half of ["", "{", '{"jsonrpc":"2.0","id":1,"method":"host.shutdown"']) {
    const client = await host.connect();
    client.send(half);
    client.close();
    await client.closed;
  }
  await expectServing();
});
