// Issue 5, "transcripts": what agent tools call, in their order and with their words, run through twice: against the
// machine's tmux and against bide's shim. Both transcripts (output, error texts, exit codes, screens) are equal.

import { expect, setDefaultTimeout } from "bun:test";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, watch } from "node:fs";
import { basename, join } from "node:path";
import { needs } from "../support/needs.ts";
import { type Sandbox, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const SCRIPTS = join(import.meta.dir, "scripts");
const SIZE = { cols: 200, rows: 50 };

/** A working directory with a copy of the scripts and of the stand-ins, so that both runs see the same paths. */
function workplace(box: Sandbox): { work: string; env: Record<string, string> } {
  const work = join(box.root, "work");
  mkdirSync(join(work, "project"), { recursive: true });
  cpSync(SCRIPTS, join(work, "bin"), { recursive: true });
  chmodSync(join(work, "bin", "claude"), 0o755);
  return { work, env: { WORK: work, TRANSCRIPT: join(work, "transcript"), PS1: "$ ", ENV: "" } };
}

/** The shell that runs a script inside; its end is seen by a file that it leaves. */
function insideOf(work: string, name: string): string[] {
  return ["sh", "-c", `. ${work}/bin/record.sh; . ${work}/bin/${name}; : > ${work}/done; exec cat`];
}

async function appears(directory: string, name: string): Promise<void> {
  const seen = Promise.withResolvers<void>();
  const watcher = watch(directory, () => {
    if (existsSync(join(directory, name))) seen.resolve();
  });
  if (existsSync(join(directory, name))) seen.resolve();
  await seen.promise;
  watcher.close();
}

async function throughTmux(name: string): Promise<string> {
  await using box = sandbox();
  const { work, env } = workplace(box);
  const socket = join(box.root, "tmux.sock");
  const tmux = (...args: string[]) =>
    Bun.spawnSync(["tmux", "-u", "-S", socket, "-f", "/dev/null", ...args], { env: { ...box.env, ...env } });
  try {
    tmux("new-session", "-d", "-s", "lead", "-x", String(SIZE.cols), "-y", String(SIZE.rows), ...insideOf(work, name));
    await appears(work, "done");
    return tidied(readFileSync(env.TRANSCRIPT ?? "", "utf8"), box, socket);
  } finally {
    tmux("kill-server");
  }
}

async function throughBide(name: string): Promise<string> {
  await using box = sandbox();
  const { work, env } = workplace(box);
  const size = `${SIZE.cols}x${SIZE.rows}`;
  await box.ok(["start", "--tmux", "--name", "lead", "--size", size, "--", ...insideOf(work, name)], { env });
  await appears(work, "done");
  return tidied(readFileSync(env.TRANSCRIPT ?? "", "utf8"), box, "");
}

/** Without what differs between any two runs: the directory, times, and the version that bide promises to be. */
function tidied(text: string, box: Sandbox, socket: string): string {
  return text
    .replaceAll(box.root, "BOX")
    .replaceAll(socket === "" ? "\0" : basename(socket), "SOCKET")
    .replaceAll(/^tmux 3\.\d\w?$/gm, "tmux 3.x");
}

for (const name of readdirSync(SCRIPTS).filter((file) => file.endsWith(".sh") && file !== "record.sh")) {
  needs("tmux")(`${basename(name, ".sh")}, the same transcript from tmux and from bide`, async () => {
    const wanted = await throughTmux(name);
    expect(wanted).toContain("$ ");
    expect(await throughBide(name)).toBe(wanted);
  });
}
