// What a peer may send instead of what it should (faults F2): always an error that names the field, never an
// exception, never a changed prototype, and never an error as large as what came in.

import { expect, test } from "bun:test";
import type * as v from "valibot";
import { amount } from "../../test/support/amounts.ts";
import {
  AttachSchema,
  BehindSchema,
  DetachedSchema,
  ExitSchema,
  LiveSchema,
  TerminalSizeSchema,
} from "./attach-messages.ts";
import { HOST_METHODS, RpcRequestSchema } from "./host-messages.ts";
import { LaunchReplySchema, LaunchSchema, MetaSchema, WorkerRecordSchema } from "./launch.ts";
import { MAX_WAIT_MS } from "./limits.ts";
import { SessionSchema, StartSpecSchema } from "./session.ts";
import { validate, validateJson } from "./validate.ts";
import {
  HelloSchema,
  RequestSchema,
  ResponseSchema,
  WelcomeSchema,
  WORKER_METHODS,
  WorkerEventSchema,
} from "./worker-messages.ts";

const START = { argv: ["sh"], env: { A: "1" }, cwd: "/", umask: 18, rows: 24, cols: 80 };

function messageOf(schema: v.GenericSchema, value: unknown, what = "m"): string {
  const result = validate(schema, value, what);
  return result.ok ? "accepted" : result.message;
}

test("a field of another type, named with what was expected and got", () => {
  const { params: send } = WORKER_METHODS["input.send"];
  const { params: resolve } = HOST_METHODS["session.resolve"];
  expect([
    messageOf(StartSpecSchema, { ...START, cwd: 7 }),
    messageOf(StartSpecSchema, { ...START, argv: ["a", null] }),
    messageOf(StartSpecSchema, { ...START, env: { A: 1 } }),
    messageOf(StartSpecSchema, { ...START, rows: 0 }),
    messageOf(StartSpecSchema, { ...START, rows: 1.5 }),
    messageOf(StartSpecSchema, { ...START, monitor: "some" }),
    messageOf(StartSpecSchema, { ...START, cwd: undefined }),
    messageOf(StartSpecSchema, []),
    messageOf(StartSpecSchema, null),
    messageOf(send, { items: [{ kind: "bytes", data: "YQ" }] }),
    messageOf(send, { items: [{ kind: "shout" }] }),
    messageOf(resolve, { selector: { text: 5 } }),
    messageOf(resolve, { selector: { workspace: "/w", role: 3 } }),
    messageOf(resolve, { selector: "name" }),
  ]).toEqual([
    "m.cwd: expected string, got 7",
    "m.argv.1: expected string, got null",
    "m.env.A: expected string, got 1",
    "m.rows: expected >=1, got 0",
    "m.rows: expected integer, got 1.5",
    'm.monitor: expected ("none" | "auto" | "basic" | "raw" | "jsonl"), got "some"',
    "m.cwd is missing",
    "m.argv is missing",
    "m: expected Object, got null",
    'm.items.0.data: expected base64, got "YQ"',
    'm.items.0.kind: expected ("bytes" | "key" | "paste"), got "shout"',
    "m.selector.text: expected string, got 5",
    "m.selector.role: expected string, got 3",
    'm.selector: expected Object, got "name"',
  ]);
});

test("every schema against every kind of value, a result and never an exception", () => {
  const methods = [...Object.values(HOST_METHODS), ...Object.values(WORKER_METHODS)];
  const schemas: v.GenericSchema[] = [
    ...methods.flatMap(({ params, result }) => [params, result]),
    ...[HelloSchema, WelcomeSchema, AttachSchema, TerminalSizeSchema, LiveSchema, BehindSchema, DetachedSchema],
    ...[ExitSchema, WorkerEventSchema, RequestSchema, ResponseSchema, RpcRequestSchema, SessionSchema],
    ...[StartSpecSchema, LaunchSchema, LaunchReplySchema, MetaSchema, WorkerRecordSchema],
  ];
  const inner = [null, true, -1, 0.5, 1e308, Number.NaN, "", "\ud800", "\u2028", [], {}, [[[]]], { a: { b: {} } }];
  const keys = ["session", "selector", "selectors", "argv", "env", "id", "items", "offset", "rows", "session_id"];
  for (const schema of schemas) {
    for (const value of inner) {
      const whole = Object.fromEntries(keys.map((key) => [key, value]));
      for (const sent of [value, whole]) expect(() => validate(schema, sent, "m")).not.toThrow();
    }
  }
});

/** Far deeper than a stack. */
const DEEP = amount(200_000, 2_000_000);

test(`nested ${DEEP} deep, an error or ignored, and never an exception`, () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const deep = nested(100_000);
  for (const text of [
    nested(DEEP),
    `{"id":1,"method":"x","params":${deep}}`,
    `{"id":${deep}}`,
    '{"a":'.repeat(100_000),
  ]) {
    expect(() => validateJson(RequestSchema, text, "request")).not.toThrow();
  }
  expect(validateJson(RequestSchema, `{"id":${deep},"method":"x"}`, "request").ok).toBe(false);
});

test("__proto__, constructor and prototype as keys, no prototype is changed and none gets in", () => {
  const text = `{"argv":[],"cwd":"/","umask":18,"rows":1,"cols":1,"__proto__":{"polluted":1},
    "env":{"A":"1","__proto__":"x","constructor":"y","prototype":"z"},"constructor":{"prototype":{"polluted":1}},
    "labels":{"__proto__":{"polluted":"1"}}}`;
  const spec = validateJson(StartSpecSchema, text, "session.start");
  expect(spec.ok && Object.keys(spec.value.env)).toEqual(["A"]);
  expect(spec.ok && Object.getPrototypeOf(spec.value.env)).toBe(Object.prototype);
  expect(spec.ok && Object.hasOwn(spec.value, "__proto__")).toBe(false);
  const event = validateJson(WorkerEventSchema, '{"event":"x","__proto__":{"polluted":1}}', "event");
  expect(event.ok && (event.value as { polluted?: unknown }).polluted).toBeUndefined();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test("lone surrogates and line separators in strings, kept as they came", () => {
  const parsed = validateJson(StartSpecSchema, JSON.stringify({ ...START, cwd: "/\ud800\u2028\0" }), "session.start");
  expect(parsed.ok && parsed.value.cwd).toBe("/\ud800\u2028\0");
});

test("keys that a newer peer adds, ignored", () => {
  expect(validate(HelloSchema, { protocol: 2, version: "9.0.0", kind: "client", wish: true }, "hello")).toEqual({
    ok: true,
    value: { protocol: 2, version: "9.0.0", kind: "client" },
  });
});

test("a wrong field of 4 MB or a key of 4 MB, told in a short text", () => {
  const huge = "\ufffd".repeat(4_000_000);
  expect(messageOf(WORKER_METHODS["history.read"].params, { format: huge }).length).toBeLessThan(600);
  expect(messageOf(StartSpecSchema, { ...START, env: { [huge]: 1 } }).length).toBeLessThan(600);
});

test("a time that would overflow a timer, refused; the longest that fits, accepted", () => {
  const { params } = WORKER_METHODS["session.stop"];
  expect(messageOf(params, { grace_ms: MAX_WAIT_MS })).toBe("accepted");
  expect(messageOf(params, { grace_ms: MAX_WAIT_MS + 1 })).toBe("m.grace_ms: expected <=2147483647, got 2147483648");
  const { params: many } = HOST_METHODS["session.stop"];
  expect(messageOf(many, { selectors: [], grace_ms: 1e12 })).toContain("m.grace_ms: expected <=2147483647");
});

test("the number of a request, one that fits in front of the bytes of its answer", () => {
  expect(messageOf(RequestSchema, { id: 4_294_967_295, method: "x" })).toBe("accepted");
  expect(messageOf(RequestSchema, { id: 4_294_967_296, method: "x" })).toContain("m.id: expected <=4294967295");
  expect(messageOf(RequestSchema, { id: -1, method: "x" })).toBe("m.id: expected >=0, got -1");
});
