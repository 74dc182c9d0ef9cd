// Fault T2: what a program asks its terminal is answered exactly once, by whoever is attached or by the worker, and a
// replay of questions that were asked before asks nothing. The program counts: it keeps every byte that it receives.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { attachWindow } from "../lifecycle/bide-commands.ts";
import { until } from "../lifecycle/processes.ts";
import type { TerminalWindow } from "../lifecycle/terminal-window.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const PROGRAM = resolve(import.meta.dir, "../programs/ask-terminal.ts");
/** The answer to each question of the program, in its order. */
const ANSWERS = [
  /^\x1b\[\?[\d;]*c/,
  /^\x1b\[>[\d;]*c/,
  /^\x1b\[0n/,
  /^\x1b\[1;1R/,
  /^\x1b\[\?1;1(;1)?R/,
  /^\x1b\[\?2004;\d\$y/,
  /^\x1bP>\|[^\x1b]*\x1b\\/,
  /^\x1b\[\?\d+u/,
  /^\x1b\]10;rgb:[^\x1b\x07]*(\x1b\\|\x07)/,
  /^\x1b\]11;rgb:[^\x1b\x07]*(\x1b\\|\x07)/,
  /^\x1bP[01]\$r[^\x1b]*\x1b\\/,
];

test("a program asks everything, it gets each answer once, whoever is attached, and none for a replay", async () => {
  await using box = sandbox();
  const asking = await AskingProgram.start(box);

  expect(await asking.answers()).toEqual([]);
  {
    await using window = attachWindow(box, "asking");
    await window.shows("asked 1");
    expect(await asking.received(window)).toBe("");
    expect(await asking.answers(window)).toEqual([]);
    await using second = attachWindow(box, "asking");
    await second.shows("asked 2");
    expect(await asking.received(second)).toBe("");
    // The owner's window first: behind its answers, and they count only until somebody types in another one.
    expect(await asking.answers(second, window)).toEqual([]);
    await using observer = attachWindow(box, "asking", "--read-only");
    await observer.shows("asked 3");
    expect(await asking.answers(window, second)).toEqual([]);
    await observer.shows("asked 4");
  }
  for (const replay of ["full", "screen", "raw", "none"]) {
    await using window = attachWindow(box, "asking", "--replay", replay);
    if (replay !== "none") await window.shows("asked 4");
    expect([replay, await asking.received(window)]).toEqual([replay, ""]);
  }
  await until("nobody is attached", async () => (await box.session("asking")).attached_clients === 0);
  expect(await asking.answers()).toEqual([]);
});

class AskingProgram {
  readonly #box: Sandbox;
  readonly #pid: number;
  readonly #file: string;
  #seen = 0;
  #rounds = 0;

  private constructor(box: Sandbox, pid: number, file: string) {
    this.#box = box;
    this.#pid = pid;
    this.#file = file;
  }

  static async start(box: Sandbox): Promise<AskingProgram> {
    const file = join(box.root, "received");
    const { child_pid } = await box.start("asking", [process.execPath, PROGRAM, file], ["--size", "80x24"]);
    await box.printed("asking", "ready");
    return new AskingProgram(box, child_pid ?? 0, file);
  }

  /** Asks; resolves to what is wrong with the answers once they and what was typed behind them have come. */
  async answers(...windows: TerminalWindow[]): Promise<string[]> {
    this.#rounds += 1;
    process.kill(this.#pid, "SIGUSR1");
    await this.#box.printed("asking", `asked ${this.#rounds}`);
    // Each window has answered all that it was asked when it shows what stands behind the questions.
    for (const window of windows) await window.shows(`asked ${this.#rounds}`);
    if (windows.length === 0) await until("the last answer", () => this.#unseen.includes("$r"));
    let rest = await this.received(...windows);
    const wrong: string[] = [];
    for (const answer of ANSWERS) {
      const found = answer.exec(rest)?.[0];
      if (found === undefined) wrong.push(`no ${answer} at ${JSON.stringify(rest)}`);
      rest = rest.slice(found?.length ?? 0);
    }
    return rest === "" ? wrong : [...wrong, `too much: ${JSON.stringify(rest)}`];
  }

  /** What came before a letter that is typed now in each of the windows, one after the other, or sent when there is none. */
  async received(...windows: TerminalWindow[]): Promise<string> {
    let received = "";
    for (const window of windows.length === 0 ? [undefined] : windows) {
      if (window === undefined) await this.#box.type("asking", "!");
      else window.type("!");
      await until("the letter", () => this.#unseen.includes("!"));
      const [before = ""] = this.#unseen.split("!", 1);
      this.#seen += before.length + 1;
      received += before;
    }
    return received;
  }

  get #unseen(): string {
    return existsSync(this.#file) ? readFileSync(this.#file, "latin1").slice(this.#seen) : "";
  }
}
