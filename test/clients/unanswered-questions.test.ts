// What a program asked the terminal of a client that leaves, or whose place another one takes, before its answer has come:
// the program gets one answer all the same, and at once. Clients of the library answer when the test says so.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { until } from "../lifecycle/processes.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";
import { LibraryClient } from "./library-client.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const PROGRAM = resolve(import.meta.dir, "../programs/ask-terminal.ts");
/** What a client's terminal says here; no real one, and not the worker, says that. */
const REPLY = "\x1b[?99;99c\x1b[3n";
/** The worker's answers: all of them, in the order of the questions. */
const ANSWERS =
  /\x1b\[\?[\d;]*c\x1b\[>[\d;]*c\x1b\[0n.*\x1b\]11;rgb:[^\x1b]*(?:\x1b\\|\x07)\x1bP[01]\$r[^\x1b]*\x1b\\/s;

class AskingProgram {
  readonly #box: Sandbox;
  readonly #pid: number;
  #rounds = 0;

  constructor(box: Sandbox, pid: number) {
    this.#box = box;
    this.#pid = pid;
  }

  static async start(box: Sandbox): Promise<AskingProgram> {
    const { child_pid } = await box.start("asks", [process.execPath, PROGRAM, join(box.root, "received")]);
    await box.printed("asks", "ready");
    return new AskingProgram(box, child_pid ?? 0);
  }

  /** Resolves when all these clients have been asked. */
  async ask(...clients: readonly LibraryClient[]): Promise<void> {
    this.#rounds += 1;
    process.kill(this.#pid, "SIGUSR1");
    for (const client of clients) await client.shows(`asked ${this.#rounds}`);
  }

  /** All that it got up to the sign, which somebody types; what the worker answered as `answers`. */
  async received(sign: string): Promise<string> {
    const file = join(this.#box.root, "received");
    const text = () => (existsSync(file) ? readFileSync(file, "latin1") : "");
    await until(`it has got ${sign}`, () => text().includes(sign));
    const got = text().slice(0, text().indexOf(sign) + 1);
    return got.replace(ANSWERS, "<answers>");
  }
}

async function asked(run: (box: Sandbox, program: AskingProgram) => Promise<void>): Promise<void> {
  await using box = sandbox();
  await run(box, await AskingProgram.start(box));
}

test("the asked client leaves or is killed before it answers, the worker does", async () => {
  for (const killed of [false, true]) {
    await asked(async (box, program) => {
      using client = await LibraryClient.attach(box, "asks");
      await program.ask(client);
      if (killed) client[Symbol.dispose]();
      else await client.detach();
      await until("it has left", async () => (await box.json(["status", "asks"])).session.attached_clients === 0);
      await box.ok(["send", "asks", "!"]);
      expect(await program.received("!")).toBe("<answers>!");
    });
  }
});

test("the asked client answers and leaves, nobody answers again", async () => {
  await asked(async (box, program) => {
    using client = await LibraryClient.attach(box, "asks");
    await program.ask(client);
    client.type(REPLY);
    await client.detach();
    await box.ok(["send", "asks", "!"]);
    expect(await program.received("!")).toBe(`${REPLY}!`);
  });
});

test("another client types first and answers afterwards, its answer counts and the late one of the first does not", async () => {
  await asked(async (box, program) => {
    using owner = await LibraryClient.attach(box, "asks");
    using other = await LibraryClient.attach(box, "asks");
    await program.ask(owner, other);
    other.type("x");
    await other.until(() => other.events.some((event) => event.event === "owner_changed"));
    owner.type(REPLY.replaceAll("9", "8"));
    other.type(`${REPLY}!`);
    expect(await program.received("!")).toBe(`x${REPLY}!`);
  });
});

test("another client that has answered already types, the worker answers and nobody else", async () => {
  for (const together of [false, true]) {
    await asked(async (box, program) => {
      using owner = await LibraryClient.attach(box, "asks");
      using other = await LibraryClient.attach(box, "asks");
      await program.ask(owner, other);
      if (together) other.type(`${REPLY}x`);
      else {
        other.type(REPLY);
        other.type("x");
      }
      await owner.until(() => owner.events.some((event) => event.event === "owner_changed"));
      owner.type(REPLY);
      other.type("!");
      expect(await program.received("!")).toBe("<answers>x!");
    });
  }
});

test("a client that was not there when the program asked types first, the worker answers", async () => {
  await asked(async (box, program) => {
    using owner = await LibraryClient.attach(box, "asks");
    await program.ask(owner);
    using other = await LibraryClient.attach(box, "asks");
    other.type("!");
    expect(await program.received("!")).toBe("<answers>!");
  });
});

test("somebody sends while the asked client has not answered, its answer counts", async () => {
  await asked(async (box, program) => {
    using owner = await LibraryClient.attach(box, "asks");
    await program.ask(owner);
    await box.ok(["send", "asks", "x", "--force"]);
    owner.type(`${REPLY}!`);
    expect(await program.received("!")).toBe(`x${REPLY}!`);
  });
});
