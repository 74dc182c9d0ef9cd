// The look at plain fields takes nothing that the schema would refuse or change.

import { expect, test } from "bun:test";
import * as v from "valibot";
import { HOST_METHODS, ListParams, RpcRequestSchema, RpcResponseSchema } from "./host-messages.ts";
import { LaunchReplySchema } from "./launch.ts";
import { type Session, SessionSchema } from "./session.ts";
import { validate } from "./validate.ts";
import { ResponseSchema } from "./worker-messages.ts";

const SESSION: Session = {
  session_id: "0f651cd0-07d5-447c-bb03-ba38147ab01d",
  name: "work",
  pane_id: "%0",
  role: "shell",
  state: "running",
  cwd: "/tmp",
  argv: ["/bin/sh", "-c", "true"],
  workspace: null,
  labels: { team: "core" },
  rows: 40,
  cols: 120,
  attached_clients: 0,
  input_owner: null,
  parent_session_id: null,
  worker_pid: 7,
  child_pid: 8,
  exit_code: null,
  exit_signal: null,
  failure: null,
  created_at: "2026-01-31T12:00:00.000Z",
  started_at: "2026-01-31T12:00:00.000Z",
  ended_at: null,
  last_output_at: null,
  output_bytes: 0,
  title: "",
  agent_state: null,
  agent_reason: null,
  agent_since: null,
  monitor: "none",
  status_theme: null,
  archived: false,
  responsive: true,
};

const SAMPLES: readonly (readonly [schema: v.GenericSchema, sample: Readonly<Record<string, unknown>>])[] = [
  [SessionSchema, SESSION],
  [HOST_METHODS["session.list"].result, { sessions: [SESSION, SESSION] }],
  [HOST_METHODS["session.resolve"].result, { session: SESSION, socket: "/run/x.sock" }],
  [ListParams, { all: true, archived: false, children: false, role: "agent", labels: { a: "b" }, state: "running" }],
  [RpcRequestSchema, { jsonrpc: "2.0", id: 1, method: "session.list", params: {} }],
  [RpcResponseSchema, { jsonrpc: "2.0", id: 1, result: { sessions: [] } }],
  [RpcResponseSchema, { jsonrpc: "2.0", id: "a", error: { code: -32000, message: "m", data: { code: "failed" } } }],
  [LaunchReplySchema, { session: SESSION, error: { code: "failed", message: "m" } }],
  [ResponseSchema, { id: 7, result: null }],
];

const ODD_VALUES: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60],
  ...["", "2.0", "Running", "running", "hibernating", "9", "a b", "x".repeat(40), "x".repeat(41), "x".repeat(65)],
  ...[[], [1], ["a", null], ["a"], [SESSION], [{ ...SESSION, rows: -1 }], { ...SESSION, more: 1 }],
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
