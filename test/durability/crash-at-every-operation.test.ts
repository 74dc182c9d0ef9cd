// Fault D3: a host or worker that dies at any of its file operations. What was acknowledged holds; what was not is as it
// was before or as it was to be; nothing that it began to write stays, and who was not concerned goes on.

import { expect, setDefaultTimeout } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { processTable } from "../../src/pty/process-table.ts";
import { hostPid } from "../lifecycle/bide-commands.ts";
import { gone, isRunning, ticksOf, until } from "../lifecycle/processes.ts";
import { amount } from "../support/amounts.ts";
import { type Finished, type Sandbox, sandbox } from "../support/sandbox.ts";
import { CrashPoint, needsStrace, type Operation } from "./crash-point.ts";

setDefaultTimeout(300_000);

/** Operations from one crash to the next. */
const STEP = amount(15, 1);

interface Scenario {
  /** Prepares round `n`; the process that is to die. */
  readonly victim: (n: number) => Promise<number>;
  /** What it is doing then. */
  readonly act: (n: number) => Promise<Finished>;
  /** With a new host. */
  readonly check: (n: number, done: Finished) => Promise<void>;
}

/** Watches what the victim does, then kills it at each operation of that; each time a new host looks. */
async function atEveryOperation(box: Sandbox, { victim, act, check }: Scenario): Promise<void> {
  const witness = await box.start("witness", ["cat"]);
  const round = async (n: number, at?: Operation): Promise<readonly Operation[]> => {
    const pid = await victim(n);
    const point = await CrashPoint.set(pid, at);
    const done = await act(n);
    const { operations, diedAt } = await point.passed();
    if (diedAt !== undefined) await gone(pid);
    await box.run(["host", "stop"]);
    const workers = workersOf(box);
    const { sessions } = await box.json(["list", "--all"]);
    const said = `died at ${diedAt}; it said ${done.code} ${done.stderr}`;
    expect([said, sessions.find(({ name }: Named) => name === "witness")]).toEqual([
      said,
      expect.objectContaining({ state: "running", child_pid: witness.child_pid }),
    ]);
    // Nobody runs unseen.
    const known = sessions.map(({ worker_pid }: { worker_pid: number }) => worker_pid);
    const unseen = workers.filter(({ pid: worker }) => isRunning(worker) && !known.includes(worker));
    expect([said, unseen]).toEqual([said, []]);
    await until(`nothing is left behind; ${said}: ${leftBehind(box)}`, () => leftBehind(box).length === 0);
    const { checks } = JSON.parse((await box.run(["doctor", "--json"])).stdout);
    const wrong = checks.filter(({ severity }: { severity: string }) => severity === "critical");
    expect([said, wrong]).toEqual([said, []]);
    await check(n, done).catch((error) => {
      throw new Error(`${said}\n${error}`);
    });
    return operations;
  };
  const operations = await round(0);
  expect(operations.length).toBeGreaterThan(5);
  for (let n = 0; n < operations.length; n += STEP) await round(n + 1, operations[n]);
}

interface Named {
  readonly name: string;
}

function workersOf(box: Sandbox) {
  return processTable().filter(({ command }) => command.includes("__worker") && command.includes(box.root));
}

/** The worker that a new host starts in advance, once it waits for a session. */
async function spareWorker(box: Sandbox): Promise<number> {
  await box.run(["host", "stop"]);
  await box.ok(["list"]);
  const host = await hostPid(box);
  const spare = await until("a worker started in advance", () => processTable().find(({ ppid }) => ppid === host));
  let used = -1;
  await until("it waits", async () => {
    const before = used;
    used = ticksOf(spare.pid);
    // One that still loads dies unused, which nobody may notice either.
    await Bun.sleep(30);
    return used === before;
  });
  return spare.pid;
}

/** Temporary files, and directories in which nothing is. */
function leftBehind(box: Sandbox): string[] {
  const sessions = join(box.stateDir, "sessions");
  return [
    ...readdirSync(box.stateDir, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp")),
    ...readdirSync(sessions).filter((id) => readdirSync(join(sessions, id)).length === 0),
  ];
}

const state = async (box: Sandbox, name: string): Promise<string | undefined> => {
  const { code, stdout } = await box.run(["status", name, "--json"]);
  return code === 3 ? undefined : JSON.parse(stdout).session.state;
};

needsStrace("a host that dies at any operation of a start, the session is there and runs, or it is not", async () => {
  await using box = sandbox();
  await atEveryOperation(box, {
    victim: () => hostPid(box),
    act: (n) => box.run(["start", "-n", `s${n}`, "--", "cat"]),
    check: async (n, { code }) => {
      const found = await state(box, `s${n}`);
      if (code === 0) expect(found).toBe("running");
      else expect([undefined, "running", "killed", "lost", "failed_start"]).toContain(found);
      if (found !== "running") await box.start(`s${n}`, ["cat"]);
      await box.ok(["delete", `s${n}`, "--kill", "--purge"]);
    },
  });
});

needsStrace(
  "a worker that dies at any operation of a start, the session is told as lost, or there is none",
  async () => {
    await using box = sandbox();
    await atEveryOperation(box, {
      victim: () => spareWorker(box),
      act: (n) => box.run(["start", "-n", `s${n}`, "--", "cat"]),
      check: async (n, { code }) => {
        const found = await state(box, `s${n}`);
        expect(code === 0 ? ["running", "lost"] : [undefined, "killed", "lost", "failed_start"]).toContain(
          found as string,
        );
        if (found !== "running") await box.start(`s${n}`, ["cat"]);
        await box.ok(["delete", `s${n}`, "--kill", "--purge"]);
      },
    });
  },
);

needsStrace("a worker that dies at any operation of a rename and a label, the old one or the new one", async () => {
  await using box = sandbox();
  await atEveryOperation(box, {
    victim: async (n) => (await box.start(`old${n}`, ["cat"])).worker_pid as number,
    act: async (n) => {
      const renamed = await box.run(["rename", `old${n}`, `new${n}`]);
      return renamed.code === 0 ? box.run(["label", `new${n}`, "k=v"]) : renamed;
    },
    check: async (n, { code }) => {
      const both = await Promise.all([state(box, `old${n}`), state(box, `new${n}`)]);
      expect(both.filter((one) => one !== undefined)).toHaveLength(1);
      const name = both[0] === undefined ? `new${n}` : `old${n}`;
      const { labels } = (await box.json(["status", name])).session;
      if (code === 0) expect([name, labels]).toEqual([`new${n}`, { k: "v" }]);
      else expect([{}, { k: "v" }]).toContainEqual(labels);
      await box.ok(["delete", name, "--kill", "--purge"]);
    },
  });
});

needsStrace("a worker that dies at any operation of its program's end, the end or its loss is recorded", async () => {
  await using box = sandbox();
  await atEveryOperation(box, {
    victim: async (n) => {
      const { worker_pid } = await box.start(`s${n}`, ["sh", "-c", "echo ready; read go; exit 3"]);
      await box.printed(`s${n}`, "ready");
      return worker_pid as number;
    },
    act: async (n) => {
      await box.run(["send", `s${n}`, "--enter"]);
      return box.run(["wait", `s${n}`, "--exit-code"]);
    },
    check: async (n, { code }) => {
      const { session } = await box.json(["status", `s${n}`]);
      expect(["exited", "lost"]).toContain(session.state);
      if (code === 3) expect(session).toMatchObject({ state: "exited", exit_code: 3 });
      expect(await box.ok(["logs", `s${n}`])).toContain("ready");
      await box.ok(["restart", `s${n}`]);
      await box.ok(["delete", `s${n}`, "--kill", "--purge"]);
    },
  });
});

needsStrace(
  "a host that dies at any operation of a delete and a restart, the session is archived or it is not",
  async () => {
    await using box = sandbox();
    await atEveryOperation(box, {
      victim: async (n) => {
        await box.start(`s${n}`, ["sh", "-c", "echo ready; exit 3"]);
        await box.event(`s${n}`, (event) => event.event === "exited");
        return hostPid(box);
      },
      act: async (n) => {
        const deleted = await box.run(["delete", `s${n}`]);
        return deleted.code === 0 ? box.run(["restart", `s${n}`]) : deleted;
      },
      check: async (n) => {
        expect(["exited", "running", "lost", "killed"]).toContain((await state(box, `s${n}`)) as string);
        expect(await box.ok(["logs", `s${n}`])).toContain("ready");
        await box.ok(["delete", `s${n}`, "--kill", "--purge"]);
      },
    });
  },
);
