// A file system of a given size (a tmpfs) under a sandbox's state directory, to be filled and emptied. Mounting needs
// root; whoever is not root runs the same tests again in a namespace of their own: see `inNamespace`.

import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { until } from "../lifecycle/processes.ts";
import type { Sandbox } from "../support/sandbox.ts";

export const CAN_MOUNT = process.platform === "linux" && process.geteuid?.() === 0;

/** Runs a file of tests as root of a user namespace; what it said, and whether all passed. */
export function inNamespace(file: string): { passed: boolean; said: string } {
  const argv = ["-rm", process.execPath, "test", file];
  const { status, stderr } = spawnSync("unshare", argv, { encoding: "utf8", timeout: 120_000 });
  return { passed: status === 0, said: stderr };
}

export class TinyDisk implements AsyncDisposable {
  readonly #box: Sandbox;
  readonly #filler: string;

  /** Before anything of bide runs in the sandbox. `kib`: all that it holds. */
  constructor(box: Sandbox, kib: number) {
    this.#box = box;
    this.#filler = join(box.stateDir, "filler");
    mkdirSync(box.stateDir, { mode: 0o700 });
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kib}k,mode=0700`, "tmpfs", box.stateDir]);
    if (mounted.status !== 0) throw new Error(`mount: ${mounted.stderr}`);
  }

  /** Takes all the space that is left. */
  fill(): void {
    for (const piece of [64 * 1024, 4096]) {
      try {
        for (;;) appendFileSync(this.#filler, new Uint8Array(piece));
      } catch {
        // Full, which is what we want.
      }
    }
  }

  /** Gives it back. */
  empty(): void {
    rmSync(this.#filler, { force: true });
  }

  /** Ends what runs on it first: a disk in use cannot be taken away. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.empty();
    await this.#box.run(["shutdown", "--force"]);
    await until("the disk is in use no more", () => spawnSync("umount", [this.#box.stateDir]).status === 0);
  }
}
