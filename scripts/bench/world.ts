// The place of one figure: a directory of its own under /tmp, the environment that every tool runs in, and the
// cleanup. The rule it keeps: only processes that carry this directory's unique name are ever signalled, by pid.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Command, Contender, ContenderName } from "./contender.ts";
import type { Runtime } from "./executables.ts";
import { processesOf, tryKill } from "./own-processes.ts";
import { withBide } from "./with-bide.ts";
import { withDtach } from "./with-dtach.ts";
import { withScreen } from "./with-screen.ts";
import { withTmux } from "./with-tmux.ts";

export interface Ran {
  /** Wall time from before the spawn to after the reaping. */
  readonly ms: number;
  readonly stdout: string;
}

export class World {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly contenders: readonly Contender[];

  constructor(runtime: Runtime) {
    this.directory = mkdtempSync("/tmp/bide-bench-");
    this.env = environment(this.directory);
    this.contenders = [
      withBide(this, runtime),
      ...[withTmux(this), withDtach(this), withScreen(this)].filter((tool) => tool !== null),
    ];
  }

  contender(name: ContenderName): Contender | undefined {
    return this.contenders.find((tool) => tool.name === name);
  }

  get bide(): Contender {
    const bide = this.contender("bide");
    if (bide === undefined) throw new Error("a world without bide");
    return bide;
  }

  /** Runs a command to its end; throws when it fails, with what it said. */
  run(command: Command): Ran {
    const stdin = command.stdin === undefined ? "ignore" : Buffer.from(command.stdin);
    const before = performance.now();
    const ran = Bun.spawnSync([...command.argv], { env: this.env, cwd: "/tmp", stdin, stdout: "pipe", stderr: "pipe" });
    const ms = performance.now() - before;
    if (ran.exitCode !== 0) {
      throw new Error(`${command.argv.join(" ")} ended with ${ran.exitCode}: ${ran.stderr}${ran.stdout}`);
    }
    return { ms, stdout: ran.stdout.toString() };
  }

  /** Like run, for a command whose failure does not matter. */
  tryRun(command: Command): void {
    Bun.spawnSync([...command.argv], {
      env: this.env,
      cwd: "/tmp",
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Ends every tool, then whatever still carries the directory's name, then removes the directory. */
  end(): void {
    for (const tool of this.contenders) tool.end();
    for (const pid of processesOf(this.directory)) tryKill(pid);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** What a fresh terminal window would give, and nothing of the session that the bench itself may run in. */
function environment(directory: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: directory,
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
    SHELL: "/bin/sh",
    BIDE_STATE_DIR: join(directory, "state"),
    BIDE_RUNTIME_DIR: join(directory, "run"),
    SCREENDIR: join(directory, "screens"),
  };
}
