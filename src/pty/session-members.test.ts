import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { identify } from "./identity.ts";
import { end, fixture, ORDINARY, startProgram, temporaryDirectory } from "./program-under-test.ts";
import { membersOfSession } from "./session-members.ts";
import { signalProcess } from "./signals.ts";

const linux = test.if(process.platform === "linux");
const directory = temporaryDirectory();
afterAll(directory.remove);

const ID = crypto.randomUUID();

/** A session whose program left a daemon behind, with the daemon's pid. */
async function sessionWithDaemon(id: string, fifo: string) {
  const path = join(directory.path, fifo);
  Bun.spawnSync(["mkfifo", path]);
  const env = { ...ORDINARY.env, BIDE_SESSION_ID: id };
  const program = startProgram([fixture("pty-leave-daemon.sh"), path], { env });
  await program.printed("ready");
  const output = await program.printed("daemon ");
  const line = output.includes("\n", output.indexOf("daemon ")) ? output : await program.printed("\r\n");
  return { program, daemon: Number(/daemon (\d+)/.exec(line)?.[1]) };
}

linux(
  "a daemon left its session, it is found by the id in its environment while the program lives and after",
  async () => {
    const { program, daemon } = await sessionWithDaemon(ID, "one");
    const stranger = await sessionWithDaemon(`${ID}x`, "two");
    const leader = program.pty.identity;
    const alive = membersOfSession(ID, leader);
    expect(alive.find((one) => one.pid === leader.pid)).toMatchObject({ depth: 0, orphan: false });
    expect(alive.map((one) => one.pid)).toContain(daemon);
    expect(alive.map((one) => one.pid)).not.toContain(stranger.daemon);
    expect(alive.map((one) => one.pid)).not.toContain(process.pid);

    // Whoever looks again need not read the others once more.
    const strangers = new Set<number>();
    const looks = [0, 1].map(() => membersOfSession(ID, leader, { strangers }).map((one) => one.pid));
    expect(looks).toEqual([alive.map((one) => one.pid), alive.map((one) => one.pid)]);
    expect(strangers.has(stranger.daemon)).toBe(true);
    expect(strangers.has(daemon)).toBe(false);

    await end(program);
    const left = membersOfSession(ID, leader);
    expect(left.map((one) => [one.pid, one.orphan])).toEqual([[daemon, true]]);

    for (const pid of [daemon, stranger.daemon]) {
      const identity = identify(pid);
      if (identity !== null) expect(signalProcess(identity, "SIGKILL")).toBe("sent");
    }
    await end(stranger.program);
  },
);

linux(
  "a process holds the terminal or the kernel session after the leader, it is an orphan of the session",
  async () => {
    const fifo = join(directory.path, "three");
    Bun.spawnSync(["mkfifo", fifo]);
    const program = startProgram([fixture("pty-leave-grandchild.sh"), fifo]);
    await program.exited;
    const { identity, ttyPath } = program.pty;
    const bySession = membersOfSession(ID, identity);
    expect(bySession).toHaveLength(1);
    expect(bySession[0]).toMatchObject({ sid: identity.pid, orphan: true });
    // After a reboot the numbers mean nothing; the terminal is only looked at when the caller still has it.
    const rebooted = { ...identity, boot_id: "another" };
    expect(membersOfSession(ID, rebooted)).toEqual([]);
    // (The kernel takes the terminal from a session's processes when the leader ends, so a row is made up for it.)
    const tty = ttyPath.replace("/dev/", "");
    const table = bySession.map((one) => ({ ...one, tty }));
    expect(membersOfSession(ID, rebooted, { table, tty })).toHaveLength(1);
    expect(membersOfSession(ID, identity, { table, tty, exclude: [bySession[0]?.pid ?? 0] })).toEqual([]);
    const orphan = identify(bySession[0]?.pid ?? 0);
    if (orphan !== null) signalProcess(orphan, "SIGKILL");
    await program.closed;
  },
);
