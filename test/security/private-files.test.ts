// Fault S5: whatever umask the user has, every directory that bide makes is 0700 and every file and socket 0600, and what
// is secret in the environment of a program is in one file only, and in nobody's arguments.

import { expect, setDefaultTimeout, test } from "bun:test";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { LibraryClient } from "../clients/library-client.ts";
import { until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const SECRET = "hunter2-is-not-a-good-password";

function* everything(directory: string): Generator<string> {
  yield directory;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* everything(path);
    else yield path;
  }
}

/** Paths whose mode is not the one that their kind has. */
function wrongModes(box: Sandbox): string[] {
  return [...everything(box.stateDir), ...everything(join(box.root, "run"))].flatMap((path) => {
    const stats = lstatSync(path);
    const mode = stats.mode & 0o7777;
    // The tmux shim and what goes with it are programs.
    const wanted = stats.isDirectory() || basename(dirname(path)) === "shim" ? 0o700 : 0o600;
    return mode === wanted ? [] : [`${path} ${mode.toString(8)}`];
  });
}

/** Runs `bide ARGS` under a umask. */
function under(box: Sandbox, umask: string, args: readonly string[]): string {
  const argv = ["sh", "-c", `umask ${umask}; exec "$0" "$@"`, BIDE, ...args];
  const { exitCode, stdout, stderr } = Bun.spawnSync(argv, { env: { ...box.env, API_TOKEN: SECRET } });
  if (exitCode !== 0) throw new Error(stderr.toString());
  return stdout.toString();
}

/** The worker of `x` has ended: its files stay as they are. */
function lastWritten(box: Sandbox): Promise<unknown> {
  return until("the worker has ended", async () => (await box.session("x")).worker_pid === null);
}

test.each(amount(["000", "777"], ["000", "077", "777"]))(
  "umask %s, everything of a session's whole life is private and the program has that umask",
  async (umask) => {
    await using box = sandbox();
    under(box, umask, ["start", "-n", "x", "--", "sh", "-c", "umask; seq 20000; exec cat"]);
    await box.printed("x", "20000");
    expect(await box.ok(["logs", "x", "-E", "0"])).toBe(`0${umask}\n`);
    using client = await LibraryClient.attach(box, "x");
    // A shell with bide's integration and a tmux server have files of their own.
    under(box, umask, ["start", "-n", "shell", "--", "bash", "--norc", "-i"]);
    under(box, umask, ["run", "shell", "--", "true"]);
    under(box, umask, ["tmux", "new-session", "-d", "-s", "t", "cat"]);
    client.type("echo\n");
    await client.shows("echo");
    under(box, umask, ["start", "-n", "archived", "--", "true"]);
    await box.event("archived", ({ event }) => event === "exited");
    expect(wrongModes(box)).toEqual([]);
    await client.detach();
    under(box, umask, ["kill", "x"]);
    under(box, umask, ["restart", "x"]);
    under(box, umask, ["delete", "archived"]);
    under(box, umask, ["kill", "x"]);
    await lastWritten(box);
    expect(wrongModes(box)).toEqual([]);
  },
);

test("a secret in the environment, in env.json only: not in any other file, argument, event or answer", async () => {
  await using box = sandbox();
  under(box, "022", ["start", "-n", "x", "--", "sh", "-c", 'test "$API_TOKEN" && echo has it; exec cat']);
  await box.printed("x", "has it");
  const { host } = await box.json(["host", "status"]);
  const session = await box.session("x");
  const processes = [host.pid, session.worker_pid, session.child_pid];
  for (const pid of processes) expect(readFileSync(`/proc/${pid}/cmdline`, "latin1")).not.toContain(SECRET);
  // What runs the sessions of everybody must not carry the secrets of one.
  for (const pid of [host.pid, session.worker_pid]) {
    expect(readFileSync(`/proc/${pid}/environ`, "latin1")).not.toContain(SECRET);
  }
  for (const args of [
    ["inspect", "x"],
    ["inspect", "x", "--json"],
    ["events", "x", "--json"],
    ["ps", "--json"],
    ["doctor", "--json"],
  ]) {
    expect(await box.ok(args)).not.toContain(SECRET);
  }
  expect(await box.ok(["inspect", "x", "--json"])).toContain("API_TOKEN");
  under(box, "022", ["kill", "x"]);
  await lastWritten(box);
  const holders = [...everything(box.stateDir), ...everything(join(box.root, "run"))].filter((path) => {
    return lstatSync(path).isFile() && readFileSync(path, "latin1").includes(SECRET);
  });
  expect(holders.map((path) => basename(path))).toEqual(["env.json"]);
});
