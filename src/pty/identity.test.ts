import { expect, test } from "bun:test";
import { unwrap } from "../base/errors.ts";
import { identify, isAlive } from "./identity.ts";
import { readProcStat } from "./proc-stat.ts";
import { end, fixture, ORDINARY, startProgram } from "./program-under-test.ts";
import { Reaper } from "./reaper.ts";
import { signalGroup, signalProcess } from "./signals.ts";
import { spawnOnPty } from "./spawn.ts";

const SLEEPER = fixture("pty-never-reads.sh");

test("a process runs, its identity is stable, alive, and gone with it", async () => {
  const program = startProgram([SLEEPER]);
  const { identity } = program.pty;
  await program.printed("ready"); // from here on the group has one member
  expect(identify(identity.pid)).toEqual(identity);
  expect(isAlive(identity)).toBe(true);
  await end(program);
  expect(isAlive(identity)).toBe(false);
  expect(signalProcess(identity, "SIGKILL")).toBe("gone");
  expect(signalGroup(identity, "SIGKILL")).toBe("gone");
});

test("a record names a pid that somebody else has, nobody is signalled", async () => {
  const program = startProgram([SLEEPER]);
  const { identity } = program.pty;
  const foreign = [
    { ...identity, start_time: `${identity.start_time}0` },
    { ...identity, boot_id: "00000000-0000-0000-0000-000000000000" },
  ];
  for (const record of foreign) {
    expect(isAlive(record)).toBe(false);
    expect(signalProcess(record, "SIGKILL")).toBe("gone");
    expect(signalGroup(record, "SIGKILL")).toBe("gone");
  }
  expect(isAlive(identity)).toBe(true);
  expect(await end(program)).toEqual({ code: null, signal: "SIGHUP" });
});

test("a pid is no number of a process, it identifies nothing", () => {
  for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 30]) expect(identify(pid)).toBeNull();
});

test.if(process.platform === "linux")("a process has ended but is not reaped, it counts as dead", async () => {
  const { pid, master } = unwrap(spawnOnPty({ ...ORDINARY, argv: ["true"] }));
  const identity = identify(pid);
  while (readProcStat(pid)?.state !== "Z") await new Promise((resolve) => setImmediate(resolve));
  if (identity === null) throw new Error("no identity");
  expect(identify(pid)).toEqual(identity);
  expect(isAlive(identity)).toBe(false);
  expect(signalProcess(identity, "SIGKILL")).toBe("gone");
  const status = await new Promise((resolve) => new Reaper(pid, resolve));
  expect(status).toEqual({ code: 0, signal: null });
  master.dispose();
});

test("a process is signalled, it alone gets the signal; its group, all do", async () => {
  const one = startProgram(["sh", "-c", "trap 'echo got it; exit 4' TERM; echo ready; while :; do read -r _; done"]);
  await one.printed("ready");
  expect(signalProcess(one.pty.identity, "SIGTERM")).toBe("sent");
  one.pty.write(Buffer.from("\n")); // some shells finish the read before they run the trap
  expect(await one.exited).toEqual({ code: 4, signal: null });
  const two = startProgram(["sh", "-c", "sleep 1000 | { echo ready; cat; }; echo unreachable"]);
  await two.printed("ready");
  expect(signalGroup(two.pty.identity, "SIGKILL")).toBe("sent");
  expect(await two.exited).toEqual({ code: null, signal: "SIGKILL" });
  await two.closed; // the others held the terminal, so they are gone as well
});
