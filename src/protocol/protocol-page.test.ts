// docs/protocol.md is what writers of other clients have: every frame, method, limit and number that is on the
// wire must stand there, and no other.

import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { shortHash } from "../base/locations.ts";
import { AttachSchema } from "./attach-messages.ts";
import { FRAME } from "./frames.ts";
import { HOST_METHODS } from "./host-messages.ts";
import * as limits from "./limits.ts";
import { SessionSchema } from "./session.ts";
import { SESSION_STATES } from "./session-state.ts";
import { WORKER_METHODS } from "./worker-messages.ts";

const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const [hostPart = "", sessionPart = ""] = page.split(/^## Session socket$/m);

test("every frame, in the page's table with its number, and none that is not ours", () => {
  const documented = [...page.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(([, number, name]) => [name, Number(number)]);
  expect(Object.fromEntries(documented)).toEqual({ ...FRAME });
});

test("every method of both sockets, under a heading of its own, and none that is not ours", () => {
  const headings = (part: string) => [...part.matchAll(/^#### `([a-z_.]+)`$/gm)].map(([, name]) => name ?? "").sort();
  expect(headings(hostPart)).toEqual(Object.keys(HOST_METHODS).sort());
  expect(headings(sessionPart)).toEqual(Object.keys(WORKER_METHODS).sort());
});

test("every parameter and key of a result, named under its method", () => {
  const sections = new Map<string, string>();
  for (const [socket, part] of [
    ["host", hostPart],
    ["session", sessionPart],
  ] as const) {
    for (const [, name, text] of part.matchAll(/^#### `([a-z_.]+)`\n([\s\S]*?)(?=^##|$(?![\s\S]))/gm)) {
      sections.set(`${socket} ${name}`, text ?? "");
    }
  }
  const missing: string[] = [];
  for (const [socket, methods] of [
    ["host", HOST_METHODS],
    ["session", WORKER_METHODS],
  ] as const) {
    for (const [name, { params, result }] of Object.entries(methods)) {
      const text = sections.get(`${socket} ${name}`) ?? "";
      for (const key of [...Object.keys(params.entries), ...Object.keys(result.entries)]) {
        if (!text.includes(`\`${key}\``) && !text.includes(`"${key}"`)) missing.push(`${socket} ${name}: ${key}`);
      }
    }
  }
  expect(missing).toEqual([]);
});

test("every state and every key of a session and of an attach, in the page", () => {
  const names = [...SESSION_STATES, ...Object.keys(SessionSchema.entries), ...Object.keys(AttachSchema.entries)];
  expect(names.filter((name) => !page.includes(`\`${name}\``) && !page.includes(`"${name}"`))).toEqual([]);
});

test("every limit, in the page with its value", () => {
  const missing = Object.entries(limits).filter(([name, value]) => {
    return !page.includes(`| \`${name}\` | ${value.toLocaleString("en-US")} |`);
  });
  expect(missing).toEqual([]);
});

test("the example of the hash that names a runtime directory, true", () => {
  const vectors = [...page.matchAll(/^\| `([^`]+)` \| `([0-9a-f]{8})` \|$/gm)].map(([, text, hash]) => [text, hash]);
  expect(vectors.length).toBeGreaterThan(1);
  for (const [text, hash] of vectors) expect(shortHash(text ?? "")).toBe(hash ?? "");
});
