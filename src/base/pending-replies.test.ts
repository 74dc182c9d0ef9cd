// Requests that wait for their answers: each gets its own, and a broken connection leaves nobody waiting.

import { expect, test } from "bun:test";
import { PendingReplies } from "./pending-replies.ts";

test("answers in another order than the questions, each to its own", async () => {
  const replies = new PendingReplies();
  const [first, second, third] = [replies.expect(), replies.expect(), replies.expect()];
  replies.resolve(third.id, "three");
  replies.reject(first.id, new Error("one"));
  replies.resolve(second.id, "two");
  expect(await second.reply).toBe("two");
  expect(await third.reply).toBe("three");
  await expect(first.reply).rejects.toThrow("one");
  expect(new Set([first.id, second.id, third.id]).size).toBe(3);
});

test("an answer to nobody, or a second one, ignored", async () => {
  const replies = new PendingReplies();
  const { id, reply } = replies.expect();
  replies.resolve(id + 1000, "stray");
  replies.resolve(id, "first");
  replies.resolve(id, "second");
  replies.reject(id, new Error("third"));
  expect(await reply).toBe("first");
});

test("the connection is gone, everything that waits and everything asked later fails with the first reason", async () => {
  const replies = new PendingReplies();
  const waiting = replies.expect();
  const gone = new Error("gone");
  replies.failAll(gone);
  replies.failAll(new Error("gone again"));
  const late = replies.expect();
  for (const { reply } of [waiting, late]) expect(await reply.catch((error: unknown) => error)).toBe(gone);
});
