// The one idiom for cleanup.

import { expect, test } from "bun:test";
import { Disposables, timeout } from "./disposable.ts";

test("several parts, ended once and in reverse order", () => {
  const ended: string[] = [];
  const parts = new Disposables();
  const part = parts.add({ dispose: () => ended.push("first") });
  parts.defer(() => ended.push("second"));
  expect(parts.disposed).toBe(false);
  parts.dispose();
  parts.dispose();
  expect([ended, parts.disposed]).toEqual([["second", "first"], true]);
  expect(part.dispose).toBeFunction();
});

test("a part that arrives after the end, ended at once", () => {
  const parts = new Disposables();
  parts.dispose();
  let ended = 0;
  parts.defer(() => (ended += 1));
  expect(ended).toBe(1);
});

test("a part that disposes its owner, no second round", () => {
  const parts = new Disposables();
  let ended = 0;
  parts.defer(() => (ended += 1));
  parts.defer(() => parts.dispose());
  parts.dispose();
  expect(ended).toBe(1);
});

test("a timer, runs once; disposed before or after, it does not", async () => {
  const ran = Promise.withResolvers<void>();
  const cancelled = timeout(0, () => ran.reject(new Error("a disposed timer ran")));
  cancelled.dispose();
  const timer = timeout(0, ran.resolve);
  await ran.promise;
  timer.dispose();
});
