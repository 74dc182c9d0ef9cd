// Shell commands that the server runs itself: run-shell, if-shell, pipe-pane, `#()`. In a process group of their own, with
// the server's environment and TMUX, so that a `tmux` inside them finds this server; ended with it.

import { existsSync } from "node:fs";
import { shimDirectory } from "../../base/locations.ts";
import { mergedEnvironment } from "../model/environment-table.ts";
import type { Session } from "../model/model.ts";
import { pathWithShim } from "../shim/shim-environment.ts";
import type { TmuxServer } from "./tmux-server.ts";

export interface JobResult {
  readonly code: number | null;
  readonly signal: string | null;
  /** Both streams, as they came. */
  readonly output: Uint8Array;
}

export interface JobPlace {
  readonly cwd?: string | undefined;
  readonly session?: Session | undefined;
}

/** What a command may print that somebody waits for. */
const MOST_OUTPUT = 16 << 20;

export class Jobs {
  readonly #server: TmuxServer;
  readonly #running = new Set<{ kill(signal?: NodeJS.Signals): void }>();

  constructor(server: TmuxServer) {
    this.#server = server;
  }

  /** Resolves when it has ended and its output is closed. */
  async run(command: string, place: JobPlace): Promise<JobResult> {
    const child = Bun.spawn(["/bin/sh", "-c", `exec 2>&1\n${command}`], {
      cwd: this.#directory(place.cwd),
      env: this.environment(place.session),
      stdin: "ignore",
      stdout: "pipe",
      stderr: "ignore",
      detached: true,
    });
    this.#running.add(child);
    try {
      const pieces: Uint8Array[] = [];
      let length = 0;
      for await (const piece of child.stdout) {
        length += piece.length;
        if (length <= MOST_OUTPUT) pieces.push(piece);
      }
      await child.exited;
      return {
        code: child.exitCode,
        signal: child.signalCode === null ? null : String(child.signalCode),
        output: Buffer.concat(pieces),
      };
    } finally {
      this.#running.delete(child);
    }
  }

  /** A command that reads what is written to it: pipe-pane. */
  open(command: string, place: JobPlace, onOutput: ((bytes: Uint8Array) => void) | undefined) {
    const child = Bun.spawn(["/bin/sh", "-c", command], {
      cwd: this.#directory(place.cwd),
      env: this.environment(place.session),
      stdin: "pipe",
      stdout: onOutput === undefined ? "ignore" : "pipe",
      stderr: "ignore",
      detached: true,
    });
    this.#running.add(child);
    void child.exited.then(() => this.#running.delete(child));
    if (onOutput !== undefined && child.stdout !== undefined) {
      const { stdout } = child;
      void (async () => {
        for await (const piece of stdout) onOutput(piece);
      })();
    }
    return child;
  }

  environment(session: Session | undefined): Record<string, string> {
    const { environment, socket } = this.#server;
    const merged =
      session === undefined ? mergedEnvironment(environment) : mergedEnvironment(environment, session.environment);
    for (const name of Object.keys(merged)) if (/^BIDE_(?:SESSION|PANE)/.test(name)) delete merged[name];
    delete merged.TMUX_PANE;
    const { env, stateRoot } = this.#server.surroundings;
    return {
      ...merged,
      ...env,
      // Hooks and bindings call tmux, and mean us.
      PATH: pathWithShim(merged.PATH, shimDirectory(stateRoot)),
      TMUX: `${socket},${process.pid},${session?.id ?? -1}`,
      TERM_PROGRAM: "tmux",
    };
  }

  dispose(): void {
    for (const child of this.#running) child.kill("SIGTERM");
    this.#running.clear();
  }

  #directory(wanted: string | undefined): string {
    const home = this.#server.environment.get("HOME")?.value ?? "/";
    return [wanted, home].find((path) => path?.startsWith("/") && existsSync(path)) ?? "/";
  }
}
