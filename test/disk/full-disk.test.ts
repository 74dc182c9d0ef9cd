// Fault D1 with real sessions: the disk is full. The program goes on and who is attached sees everything; the log stops,
// says where, and goes on behind a gap; no change of state is acknowledged, or shown to anybody, that is not stored.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LibraryClient } from "../clients/library-client.ts";
import { killHost } from "../lifecycle/bide-commands.ts";
import { gone, isRunning, kill9, until } from "../lifecycle/processes.ts";
import { sandbox } from "../support/sandbox.ts";
import { CAN_MOUNT, inNamespace, TinyDisk } from "./tiny-disk.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

const onTinyDisk = (CAN_MOUNT ? test : () => {}) as typeof test;
const elsewhere = (CAN_MOUNT ? () => {} : test) as typeof test;

elsewhere("not root, the same tests in a namespace of our own", () => {
  const { passed, said } = inNamespace(import.meta.path);
  expect(said).toContain(" 0 fail");
  expect(passed).toBe(true);
});

/** Prints so many bytes, each line its number, whenever it reads a number. */
const COUNTS = ["sh", "-c", "stty -echo; echo ready; while read n; do seq 100000 999999 | head -c $n; echo END; done"];

onTinyDisk(
  "the disk full under a log, the session goes on, and the log does with a gap once there is space",
  async () => {
    await using box = sandbox();
    await using disk = new TinyDisk(box, 1024);
    const session = await box.start("x", COUNTS);
    using client = await LibraryClient.attach(box, "x");
    let seen = "";
    client.onOutput = (bytes) => {
      seen += Buffer.from(bytes).toString("latin1");
    };
    // What is typed before would be echoed.
    await client.shows("ready");
    client.type("10000\n");
    await client.shows("END");
    const { root, log } = (await box.inspect("x")).paths;
    await until("the log has it", () => Bun.file(log).size === client.offset);
    const kept = client.offset;

    disk.fill();
    for (let round = 0; round < 4; round += 1) {
      const before = client.offset;
      client.type("300000\n");
      await client.until(() => client.offset > before + 300_000 && client.tail.endsWith("END\r\n"));
    }
    expect(client).toMatchObject({ gaps: 0, complaints: [] });
    expect(await box.session("x")).toMatchObject({ state: "running", child_pid: session.child_pid });
    const { checks } = await box.json(["doctor"]);
    expect(checks.map(({ code }: { code: string }) => code)).toContain("disk_full");

    disk.empty();
    let told: Record<string, unknown>[] = [];
    await until("the log goes on", async () => {
      client.type("7\n");
      const events = await box.events("x");
      told = events.filter(({ event }) => /^log_/.test(event));
      return told.at(-1)?.event === "log_resumed";
    });
    const [suspended, resumed] = [Number(told[0]?.offset), Number(told.at(-1)?.offset)];
    expect(told[0]).toMatchObject({ event: "log_suspended", reason: expect.stringContaining("no space is left") });
    expect(suspended).toBeGreaterThanOrEqual(kept);
    expect(resumed).toBeGreaterThan(suspended);
    const { output_bytes } = (await box.json(["kill", "x"])).session;
    // The last of it may still be on its way to us.
    await client.until(() => client.offset === output_bytes);

    // What is stored is what was printed, at the offsets where it was printed.
    const all = Buffer.from(`ready\r\n${seen.slice(seen.indexOf("100000"))}`, "latin1");
    const segments = readdirSync(root).filter((name) => name.startsWith("pty.log"));
    expect(segments.length).toBeGreaterThan(1);
    for (const name of segments) {
      const start = Number(name.slice("pty.log.".length));
      const stored = Buffer.from(await Bun.file(join(root, name)).bytes());
      const isPrinted = stored.equals(all.subarray(start, start + stored.length));
      expect({ name, length: stored.length, of: all.length, isPrinted }).toMatchObject({ isPrinted: true });
    }
    expect(segments).toContain(`pty.log.${resumed}`);
    // The gap is exactly what the events say: not a byte of it is stored, and all in front of it are.
    expect(Bun.file(log).size).toBe(suspended);
    const raw = await box.ok(["logs", "x", "--raw"]);
    expect(raw).toStartWith(all.subarray(0, kept).toString());
    expect(raw).toEndWith("END\r\n");
  },
);

onTinyDisk("the disk full while text is waited for, it is found on the screen", async () => {
  await using box = sandbox();
  await using disk = new TinyDisk(box, 512);
  await box.start("x", COUNTS);
  await box.printed("x", "ready");
  disk.fill();
  await box.type("x", "100000\r");
  await box.event("x", ({ event }) => event === "log_suspended");
  await box.ok(["wait", "x", "--contains", "END"]);
  const { output_bytes } = await box.session("x");
  await box.type("x", "14\r");
  // As for a command that was asked before: what it waits for is in no log.
  const from = ["--from", String(output_bytes), "--timeout", "20s"];
  expect(await box.run(["wait", "x", "--regex", "^10000[1]$", ...from])).toMatchObject({ code: 0, stdout: "100001\n" });
});

onTinyDisk("the disk full until a session ends, `logs` tells that the last bytes are gone", async () => {
  await using box = sandbox();
  await using disk = new TinyDisk(box, 512);
  const { worker_pid } = await box.start("x", ["sh", "-c", "echo ready; read go; seq 100000; exit 7"]);
  await box.printed("x", "ready");
  disk.fill();
  await box.type("x", "\r");
  await box.ok(["wait", "x", "--exit"]);
  disk.empty();
  await gone(worker_pid ?? 0);
  const { session, paths } = await box.inspect("x");
  const lost = session.output_bytes - Bun.file(paths.log).size;
  expect(lost).toBeGreaterThan(300_000);
  for (const flags of [[], ["--json"], ["--raw"], ["--follow"], ["--tail", "2"]]) {
    const { code, stdout, stderr } = await box.run(["logs", "x", ...flags]);
    expect([flags, code, stderr]).toEqual([flags, 0, `[${lost} bytes are gone here]\n`]);
    expect(stdout).not.toContain("100000");
  }
  // What was asked for ends before the gap: nothing of it is gone.
  expect(await box.run(["logs", "x", "-E", "0"])).toMatchObject({ code: 0, stdout: "ready\n", stderr: "" });
});

onTinyDisk("the disk full under the records, no change is acknowledged or shown that is not stored", async () => {
  await using box = sandbox();
  await using disk = new TinyDisk(box, 512);
  await box.start("old", ["cat"]);
  disk.fill();
  for (const args of [
    ["rename", "old", "new"],
    ["label", "old", "k=v"],
    ["theme", "old", "red"],
    ["start", "--name", "another", "--", "cat"],
  ]) {
    const { code, stdout, stderr } = await box.run([...args.slice(0, 3), "--json", ...args.slice(3)]);
    expect([args, code, stdout]).toEqual([args, 1, ""]);
    expect(JSON.parse(stderr).error.code).toBe("disk_full");
  }
  const { sessions } = await box.json(["list", "--all"]);
  expect(sessions).toMatchObject([{ name: "old", labels: {}, status_theme: null, state: "running" }]);
  expect(readdirSync(join(box.stateDir, "sessions"))).toEqual([sessions[0].session_id]);

  disk.empty();
  await box.ok(["rename", "old", "new"]);
  await box.start("another", ["cat"]);
  expect(await box.ok(["list", "--short"])).toBe("new\nanother\n");
});

for (const survives of [true, false]) {
  const what = survives ? "its worker writes the rest once there is space" : "its worker killed after that";
  onTinyDisk(
    `the disk full when a session ends, its exit code is on the disk for every later host; ${what}`,
    async () => {
      await using box = sandbox();
      await using disk = new TinyDisk(box, 512);
      const { session_id, worker_pid } = await box.start("x", [
        "sh",
        "-c",
        "echo ready; read go; echo last words; exit 7",
      ]);
      await box.printed("x", "ready");
      const { paths } = await box.inspect("x");
      using client = await LibraryClient.attach(box, "x");
      disk.fill();
      client.type("go\n");
      expect(await client.attachment.ended).toMatchObject({ reason: "exited", exitCode: 7 });
      const ended = { session_id, state: "exited", exit_code: 7 };
      expect(JSON.parse(readFileSync(paths.meta, "utf8")).session).toMatchObject(ended);
      // A second later it may have found room for the rest, and have ended by itself.
      if (!survives && isRunning(worker_pid ?? 0)) await kill9(worker_pid ?? 0);
      await killHost(box);
      expect((await box.json(["list", "--all"])).sessions).toMatchObject([ended]);

      disk.empty();
      await gone(worker_pid ?? 0);
      if (survives) {
        expect(await box.event("x", ({ event }) => event === "exited")).toMatchObject({
          exit_code: 7,
          state: "exited",
        });
        expect(readdirSync(paths.root).filter((name) => name.includes("reserve"))).toEqual([]);
      }
      expect((await box.json(["restart", "x"])).session).toMatchObject({ session_id, state: "running" });
    },
  );
}
