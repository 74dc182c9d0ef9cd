// The real tmux as the judge of src/tmux: a server of its own for one test, without configuration, which runs
// hundreds of commands per call. Its socket lies in the sandbox; the server ends with the test.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../support/sandbox.ts";

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a call may take on a busy machine before the test gives up. */
const PATIENCE_MS = 60_000;

export class RealTmux implements Disposable {
  readonly #socket: string;
  readonly #script: string;
  readonly #env: Record<string, string>;

  /** The first session is called `first`; its pane runs `cat`. */
  constructor(box: Sandbox, width = 80, height = 24) {
    this.#socket = join(box.root, "real.sock");
    this.#script = join(box.root, "script.conf");
    this.#env = { ...box.env, TZ: "UTC" };
    this.run("new-session", "-d", "-s", "first", "-x", String(width), "-y", String(height), "cat");
  }

  run(...argv: readonly string[]): Answer {
    const child = spawnSync("tmux", ["-S", this.#socket, "-f", "/dev/null", ...argv], {
      env: this.#env,
      encoding: "utf8",
      timeout: PATIENCE_MS,
    });
    if (child.error !== undefined) throw child.error;
    return { code: child.status ?? -1, stdout: child.stdout, stderr: child.stderr };
  }

  /** Runs the lines of a command file; each is a group of its own, so that one that fails does not stop the next. */
  source(lines: readonly string[]): Answer {
    writeFileSync(this.#script, `${lines.join("\n")}\n`);
    return this.run("source-file", this.#script);
  }

  /** The answers to lines of control mode, one text for each. */
  control(lines: readonly string[]): readonly string[] {
    const child = spawnSync("tmux", ["-S", this.#socket, "-C", "attach-session", "-t", "first"], {
      env: this.#env,
      encoding: "utf8",
      input: `${lines.join("\n")}\n`,
      timeout: PATIENCE_MS,
    });
    const answers = [...child.stdout.matchAll(/^%begin (\d+ \d+) 1\n((?:.*\n)*?)%(?:end|error) \1 1$/gm)];
    return answers.map((found) => (found[2] ?? "").trimEnd());
  }

  /** What `display-message -p` prints for each of the formats, none of which may print a newline. */
  expand(formats: readonly string[], target = "first:"): readonly string[] {
    const lines = formats.map(
      (format) => `display-message -p -t ${singleQuoted(target)} -- ${singleQuoted(`>${format}`)}`,
    );
    const answer = this.source(lines);
    if (answer.code !== 0) throw new Error(`tmux refused the formats: ${answer.stdout}${answer.stderr}`);
    return answer.stdout
      .split("\n")
      .slice(0, -1)
      .map((line) => line.slice(1));
  }

  [Symbol.dispose](): void {
    this.run("kill-server");
  }
}

/** A word of command text that means exactly this. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
