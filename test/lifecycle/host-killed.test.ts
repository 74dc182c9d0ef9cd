// Fault P1 and P11: a host may die at any time, and many may be wanted at once. Nobody notices the first, and of the
// second there is one.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Bide, connect } from "../../src/client/index.ts";
import { processTable } from "../../src/pty/process-table.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { hostPid, killHost, rawLog } from "./bide-commands.ts";

setDefaultTimeout(60_000);

const BLOCKS = resolve(import.meta.dir, "../programs/print-block-for-each-line.sh");

test("the host killed with -9 again and again under an attached client, it loses no byte and never notices", async () => {
  await using box = sandbox();
  const before = await box.start("x", [BLOCKS], ["-l", "k=v"]);
  const client = box.spawn(["attach", "x"]);
  await client.says("ready\r\n");
  const hosts = new Set<number>();
  let expected = "ready\r\n";
  for (let round = 0; round < 4; round += 1) {
    await client.type(`round-${round}\n`);
    await client.says(`round-${round} 10 of`);
    hosts.add(await killHost(box));
    expected += block(`round-${round}`);
    await client.says(`round-${round} 1000 of a thousand times the same line\r\n`);
    // The next command starts the next host.
    const session = await box.session("x");
    expect(session).toMatchObject({ ...identityOf(before), state: "running", attached_clients: 1, labels: { k: "v" } });
  }
  expect(hosts.size).toBe(4);
  // The replay that it began with is drawn, not copied.
  const live = expected.slice("ready\r\n".length);
  expect(client.output.slice(client.output.indexOf("round-0")) === live).toBe(true);
  expect(new TextDecoder().decode(await rawLog(box, "x")) === expected).toBe(true);
  expect(workersOf(box)).toBe(1);
  await client.finishInput("");
  expect((await client.finished).code).toBe(0);
});

test("the host killed while sessions run and others have ended, the next one knows all of them as they were", async () => {
  await using box = sandbox();
  await box.start("running", ["sleep", "1000"]);
  await box.start("ended", ["sh", "-c", "exit 7"]);
  await box.start("killed", ["sleep", "1000"]);
  await box.kill("killed");
  await box.run(["start", "-n", "failed", "--", "/no/such/program"]);
  await box.event("ended", (event) => event.event === "exited");
  const known = async () =>
    (await box.json(["list", "--all"])).sessions.map(({ name, state, exit_code, pane_id, session_id }: never) => ({
      name,
      state,
      exit_code,
      pane_id,
      session_id,
    }));
  const before = await known();
  expect(before.map(({ state }: { state: string }) => state).sort()).toEqual(
    ["exited", "failed_start", "killed", "running"].sort(),
  );
  for (let round = 0; round < 3; round += 1) {
    await killHost(box);
    expect(await known()).toEqual(before);
  }
  // A pane id that was given out is never given to another, also when nothing else is left of its session.
  const { pane_id } = await box.start("new", ["sleep", "1000"]);
  expect(before.map((one: { pane_id: string }) => one.pane_id)).not.toContain(pane_id);
  await box.ok(["delete", "new", "--kill", "--purge"]);
  await killHost(box);
  expect(Number((await box.start("newer", ["sleep", "1000"])).pane_id.slice(1))).toBeGreaterThan(
    Number(pane_id.slice(1)),
  );
  const events = await box.ok(["events", "running"]);
  expect(events).not.toContain("lost");
});

test("the host killed between its hello and a question, the next one answers; what would change something is told", async () => {
  await using box = sandbox();
  const { session_id } = await box.start("x", ["cat"]);
  const asks: ((bide: Bide) => Promise<unknown>)[] = [
    (bide) => bide.request("session.resolve", { selector: { text: "x" } }),
    async (bide) => {
      const connection = await bide.session("x");
      connection.close();
      return connection;
    },
  ];
  for (const ask of asks) {
    const bide = await connect({ env: box.env });
    await killHost(box);
    expect(await ask(bide)).toMatchObject({ session: { session_id } });
    // From then on it is the next one that is asked everything.
    await bide.request("session.theme", { selector: { text: "x" }, theme: "green" });
    bide.close();
  }
  const bide = await connect({ env: box.env });
  await killHost(box);
  const changing = bide.request("session.theme", { selector: { text: "x" }, theme: "red" });
  expect(await changing.catch(({ code }) => code)).toBe("host_unreachable");
  expect((await box.session("x")).status_theme).toBe("green");
  bide.close();
});

test("fifty first commands at once, all answered by one host", async () => {
  await using box = sandbox();
  // Started by one shell, because starting fifty processes from here would put them in a row.
  const script = 'for n in $(seq 50); do "$0" status --json >"$1/answer-$n" 2>&1 & done; wait';
  const shell = Bun.spawn(["sh", "-c", script, BIDE, box.home], { env: box.env });
  expect(await shell.exited).toBe(0);
  const hosts = Array.from({ length: 50 }, (_, index) => {
    const answer = readFileSync(join(box.home, `answer-${index + 1}`), "utf8");
    return /"pid": ?(\d+)/.exec(answer)?.[1] ?? answer;
  });
  expect([...new Set(hosts)]).toEqual([String(await hostPid(box))]);
});

function block(word: string): string {
  return Array.from({ length: 1000 }, (_, n) => `${word} ${n + 1} of a thousand times the same line\r\n`).join("");
}

function identityOf({ session_id, child_pid, worker_pid, pane_id }: Awaited<ReturnType<Sandbox["start"]>>) {
  return { session_id, child_pid, worker_pid, pane_id };
}

/** Workers of this sandbox that have a program; spare ones have none. */
function workersOf(box: Sandbox): number {
  const table = processTable();
  const isOurs = (pid: number) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`BIDE_TEST_SANDBOX=${box.root}`);
    } catch {
      return false;
    }
  };
  const parents = new Set(table.map((row) => row.ppid));
  return table.filter((row) => row.command.includes("__worker") && parents.has(row.pid) && isOurs(row.pid)).length;
}
