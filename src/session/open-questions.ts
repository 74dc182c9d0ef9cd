// What the program asked the owner's terminal, until that has answered. When another client becomes the owner first, or
// nobody does, the late answer will not count: then whoever is the owner now answers if it was asked as well, and the worker
// in its place otherwise. The model hears the questions (screen-holder.ts), typing.ts the answers.

import type { AttachHub } from "./attach-hub.ts";
import type { AttachedClient } from "./attached-client.ts";

interface OpenQuestion {
  /** What the worker would say. */
  readonly answer: Uint8Array;
  readonly atMs: number;
  /** Whose terminals got it live and have said nothing since. */
  readonly asked: Set<AttachedClient>;
}

/** A terminal that has not answered by then does not know the question, or the program does not wait any more. */
const OPEN_MS = 2000;
/** A program that asks more than that at once gets the last ones answered. */
const MOST = 64;
/**
 * What a terminal answers with, or begins to: a string, a CSI with a private mark, a report of numbers. No focus, and no
 * mouse: these come before a key.
 */
const ANSWER = /\x1b(?:[\]PX^_]|\[(?:[?>=]|[\d;]*(?:[cnRtxy$]|$)))/;

export class OpenQuestions {
  readonly #answer: (bytes: Uint8Array) => void;
  readonly #hub: Pick<AttachHub, "clients" | "owner">;
  #open: OpenQuestion[] = [];

  constructor(hub: Pick<AttachHub, "clients" | "owner">, answer: (bytes: Uint8Array) => void) {
    this.#hub = hub;
    this.#answer = answer;
  }

  /** The program asked what the owner's terminal answers. */
  asked(answer: Uint8Array): void {
    const asked = new Set(this.#hub.clients.filter((client) => client.sized && !client.readOnly && !client.behind));
    this.#open.push({ answer, atMs: performance.now(), asked });
    if (this.#open.length > MOST) this.#open.shift();
  }

  /** A client's terminal said this, or its user typed it. */
  heard(client: AttachedClient, bytes: Uint8Array): void {
    if (this.#open.length === 0 || !ANSWER.test(Buffer.from(bytes).toString("latin1"))) return;
    // The answers come in one piece, mostly: they are not matched with the questions one by one.
    if (client === this.#hub.owner) this.#open = [];
    else for (const { asked } of this.#open) asked.delete(client);
  }

  /** Somebody else owns the input, or nobody does. */
  ownerChanged(owner: AttachedClient | null): void {
    const open = this.#open;
    if (open.length === 0) return;
    const since = performance.now() - OPEN_MS;
    const stays = ({ asked }: OpenQuestion) => owner !== null && asked.has(owner);
    this.#open = open.filter(stays);
    for (const question of open) if (question.atMs >= since && !stays(question)) this.#answer(question.answer);
  }
}
