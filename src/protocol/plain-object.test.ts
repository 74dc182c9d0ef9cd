// The look at plain fields takes nothing that the schema would refuse or change.

import { expect, test } from "bun:test";
import * as v from "valibot";
import { SAMPLE_SESSION } from "../../test/support/sample-session.ts";
import { HOST_METHODS, ListParams, RpcRequestSchema, RpcResponseSchema } from "./host-messages.ts";
import { LaunchReplySchema } from "./launch.ts";
import { SessionSchema } from "./session.ts";
import { validate } from "./validate.ts";
import { ResponseSchema } from "./worker-messages.ts";

const SAMPLES: readonly (readonly [schema: v.GenericSchema, sample: Readonly<Record<string, unknown>>])[] = [
  [SessionSchema, SAMPLE_SESSION],
  [HOST_METHODS["session.list"].result, { sessions: [SAMPLE_SESSION, SAMPLE_SESSION] }],
  [HOST_METHODS["session.resolve"].result, { session: SAMPLE_SESSION, socket: "/run/x.sock" }],
  [ListParams, { all: true, archived: false, children: false, role: "agent", labels: { a: "b" }, state: "running" }],
  [RpcRequestSchema, { jsonrpc: "2.0", id: 1, method: "session.list", params: {} }],
  [RpcResponseSchema, { jsonrpc: "2.0", id: 1, result: { sessions: [] } }],
  [RpcResponseSchema, { jsonrpc: "2.0", id: "a", error: { code: -32000, message: "m", data: { code: "failed" } } }],
  [LaunchReplySchema, { session: SAMPLE_SESSION, error: { code: "failed", message: "m" } }],
  [ResponseSchema, { id: 7, result: null }],
];

const ODD_VALUES: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60],
  ...["", "2.0", "Running", "running", "hibernating", "9", "a b", "x".repeat(40), "x".repeat(41), "x".repeat(65)],
  ...[[], [1], ["a", null], ["a"], [SAMPLE_SESSION], [{ ...SAMPLE_SESSION, rows: -1 }], { ...SAMPLE_SESSION, more: 1 }],
  ...[{}, { a: 1 }, { a: "b" }, { a: null }, { code: "failed", message: "m" }, { code: 1, message: "m" }],
  ...[JSON.parse('{"__proto__":"x"}'), { constructor: "x" }, { prototype: "x", a: "b" }],
];

/** What valibot alone makes of it. */
function expectAsAlone(schema: v.GenericSchema, value: unknown): void {
  const alone = v.safeParse(v.object((schema as v.ObjectSchema<v.ObjectEntries, undefined>).entries), value);
  const looked = validate(schema, value, "message");
  expect(looked.ok).toBe(alone.success);
  if (looked.ok) expect(looked.value).toStrictEqual(alone.output);
}

test("a message as every peer of this version sends it, taken as it is", () => {
  for (const [schema, sample] of SAMPLES.filter(([, { id, error }]) => id !== "a" && error === undefined)) {
    const taken = validate(schema, sample, "message");
    expect(taken.ok && taken.value).toBe(sample);
  }
});

test("any field with any odd value, judged as the schema alone judges it", () => {
  for (const [schema, sample] of SAMPLES) {
    expectAsAlone(schema, sample);
    for (const key of Object.keys(sample))
      for (const odd of ODD_VALUES) expectAsAlone(schema, { ...sample, [key]: odd });
  }
});

test("fields that are missing or unknown, filled in, refused or left out as by the schema alone", () => {
  for (const [schema, sample] of SAMPLES) {
    for (const key of Object.keys(sample)) {
      const { [key]: _, ...less } = sample;
      expectAsAlone(schema, less);
      expectAsAlone(schema, { ...less, unknown: 1 });
    }
    expectAsAlone(schema, { ...sample, unknown: 1 });
    for (const odd of ODD_VALUES) expectAsAlone(schema, odd);
  }
});
