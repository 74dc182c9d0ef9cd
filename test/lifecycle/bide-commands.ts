// What the tests of lifecycle/ and durability/ ask of bide beyond what the sandbox offers: clients in windows of their
// own, the pid of the host, the log byte for byte.

import { BIDE, type Sandbox } from "../support/sandbox.ts";
import { kill9 } from "./processes.ts";
import { TerminalWindow } from "./terminal-window.ts";

/** A window with `bide attach ARGS` in it. */
export function attachWindow(box: Sandbox, ...args: string[]): TerminalWindow {
  return new TerminalWindow([BIDE, "attach", ...args], { env: box.env, cwd: box.home });
}

/** The host that answers; never starts one. */
export function hostPid(box: Sandbox): Promise<number> {
  return box.hostPid();
}

/** kill -9 of the host; its pid. */
export async function killHost(box: Sandbox): Promise<number> {
  const pid = await hostPid(box);
  await kill9(pid);
  return pid;
}

/** Every byte that `bide logs SEL --raw` prints. */
export async function rawLog(box: Sandbox, name: string): Promise<Uint8Array> {
  const child = Bun.spawn([BIDE, "logs", name, "--raw"], { env: box.env, stderr: "inherit" });
  const bytes = await child.stdout.bytes();
  if ((await child.exited) !== 0) throw new Error(`bide logs ${name} --raw ended with ${child.exitCode}`);
  return bytes;
}
