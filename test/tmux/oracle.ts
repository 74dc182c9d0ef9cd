// Debian's tmux beside bide's: the same calls to both, and what they answered made comparable. Each oracle has a private
// server and home directory; only paths, times and byte counts are normalised.

import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Finished, Sandbox } from "../support/sandbox.ts";

export class Oracle implements AsyncDisposable {
  readonly #box: Sandbox;
  readonly #socket: string;
  readonly #env: Record<string, string>;

  constructor(box: Sandbox) {
    this.#box = box;
    this.#socket = join(box.root, "oracle");
    const { BIDE_TEST_SANDBOX: _, ...env } = box.env;
    this.#env = env;
  }

  async real(args: readonly string[], input = ""): Promise<Finished> {
    const child = Bun.spawn(["tmux", "-u", "-S", this.#socket, "-f", "/dev/null", ...args], {
      cwd: this.#box.root,
      env: this.#env,
      stdin: new TextEncoder().encode(input),
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
    return this.#comparable({ code: await child.exited, stdout, stderr });
  }

  async ours(args: readonly string[], input = ""): Promise<Finished> {
    return this.#comparable(await this.#box.run(["tmux", ...args], { input }));
  }

  #comparable({ code, stdout, stderr }: Finished): Finished {
    const plain = (text: string) =>
      text
        .replaceAll(this.#socket, "SOCKET")
        .replaceAll(/\S*\/tmux\/default/g, "SOCKET")
        .replaceAll(/[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}/g, "TIME")
        .replaceAll(/, \d+ bytes\]/g, ", BYTES]");
    return { code, stdout: plain(stdout), stderr: plain(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.real(["kill-server"]);
    rmSync(this.#socket, { force: true });
  }
}

/** A line of a table of calls as words: single and double quotes hold blanks together, nothing is expanded. */
export function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"),
  );
}
