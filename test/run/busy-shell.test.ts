// What happens when the shell is not free: refused or in order, never mixed, and never a byte for anybody else.

import { expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { amount } from "../support/amounts.ts";
import { needs } from "../support/needs.ts";
import { BIDE, sharedSandbox } from "../support/sandbox.ts";
import { home, run, runText, SHELLS } from "./shell.ts";

setDefaultTimeout(60_000);

const shared = sharedSandbox();

const RUNS = amount(5, 10);

for (const shell of SHELLS) {
  needs(shell)(`${shell}: a half-typed line, refused with 75 and left as it was`, async () => {
    await using box = home();
    await box.start("s", [shell]);
    await run(box, ["true"]);
    await box.type("s", "echo half");
    const refused = await box.run(["run", "s", "--json", "--", "echo never"]);
    expect([refused.code, JSON.parse(refused.stderr).error.code]).toEqual([75, "busy"]);
    await box.type("s", " typed\r");
    await box.event("s", (event) => event.event === "command_finished" && event.command === 2);
    expect(await box.ok(["commands", "s", "--output", "2"])).toBe("half typed\n");
  });

  needs(shell)(`${shell}: ${RUNS} runs at once, one after the other and none mixed`, async () => {
    await using box = home();
    await box.start("s", [shell]);
    const numbers = Array.from({ length: RUNS }, (_, index) => index);
    const outcomes = await Promise.all(
      numbers.map((number) => run(box, [`echo begin ${number}; echo end ${number}; sh -c 'exit ${number}'`])),
    );
    expect(outcomes.map(({ code, stdout }) => [code, stdout])).toEqual(
      numbers.map((number) => [number, `begin ${number}\nend ${number}\n`]),
    );
    const { commands } = await box.json(["commands", "s"]);
    for (const [at, command] of commands.entries()) {
      if (at > 0) expect(command.output_start).toBeGreaterThan(commands[at - 1].output_end);
    }
  });
}

needs("bash")("a program in the foreground, refused with 75 and not one byte for it", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  await run(box, ["true"]);
  await box.type("s", "stty raw -echo; head -c 3 | od -An -c; stty sane\r");
  await box.event("s", (event) => event.event === "command_started" && event.command === 2);
  const refused = await box.run(["run", "s", "--json", "--", "echo never"]);
  expect([refused.code, JSON.parse(refused.stderr).error.code]).toEqual([75, "busy"]);
  expect(JSON.parse(refused.stderr).error.message).toContain("head -c 3");
  await box.type("s", "xyz");
  await box.event("s", (event) => event.event === "command_finished" && event.command === 2);
  expect((await box.ok(["commands", "s", "--output", "2"])).trim()).toBe("x   y   z");
});

needs("bash")("Enter that is still on its way, its command first and the run refused", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  await run(box, ["true"]);
  // Typed and run in the same moment.
  const typing = box.run(["send", "s", "sleep 1000", "--enter"]);
  await typing;
  expect((await run(box, ["echo never"])).code).toBe(75);
  await box.type("s", "\x03");
  await box.event("s", (event) => event.event === "command_finished" && event.command === 2);
  expect((await run(box, ["echo now"])).stdout).toBe("now\n");
});

needs("bash")("--timeout, 124, and the command left running or interrupted", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  await run(box, ["true"]);
  const left = await runText(box, "echo begun; cat", ["--timeout", "5s"]);
  expect(left).toMatchObject({ timed_out: true, exit_code: null, output: "begun\n" });
  expect((await box.json(["commands", "s", "--last"])).commands[0]).toMatchObject({
    exit_code: null,
    output_end: null,
  });
  // The next one waits its turn, and gives up when its own time is over.
  expect((await box.run(["run", "s", "--timeout", "200ms", "--", "echo never"])).code).toBe(124);
  await box.type("s", "\x04");
  expect((await run(box, ["echo free"])).stdout).toBe("free\n");
  const ended = await box.run([
    "run",
    "s",
    "--timeout",
    "500ms",
    "--interrupt",
    "--",
    "trap 'echo told; trap - INT; false' INT; cat",
  ]);
  expect(ended.code).toBe(124);
  expect((await run(box, ["echo free"])).stdout).toBe("free\n");
  expect((await box.json(["commands", "s"])).commands.map(({ text }: { text: string }) => text)).not.toContain(
    "echo never",
  );
});

needs("bash")("--detach, back at once, and its record later", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  expect(await box.ok(["run", "s", "-d", "--", "read line; (exit 6)"])).toBe("s\t1\n");
  expect(await box.json(["run", "s", "--detach", "--", "echo second"])).toMatchObject({ seq: null, exit_code: null });
  await box.type("s", "\r");
  await box.event("s", (event) => event.event === "command_finished" && event.command === 2);
  expect((await box.json(["commands", "s"])).commands).toMatchObject([
    { seq: 1, exit_code: 6 },
    { seq: 2, exit_code: 0, text: "echo second" },
  ]);
});

needs("bash")("a run whose client is killed, goes on; one that still waits, does not begin", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const client = box.spawn(["run", "s", "--", "echo begun; read line; echo got $line"]);
  await client.says("begun");
  const waiting = box.spawn(["run", "s", "--", "echo never"]);
  client.signal("SIGKILL");
  await client.finished;
  waiting.signal("SIGKILL");
  await waiting.finished;
  await box.type("s", "it\r");
  await box.event("s", (event) => event.event === "command_finished" && event.command === 1);
  expect(await box.ok(["commands", "s", "--output", "1"])).toEndWith("got it\n");
  expect((await run(box, ["echo next"])).stdout).toBe("next\n");
  expect((await box.json(["commands", "s"])).commands).toHaveLength(2);
});

needs("bash")("a person who owns the input, 5 unless --force", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  await run(box, ["true"]);
  const person = box.spawn(["attach", "s"]);
  await box.event("s", (event) => event.event === "attached");
  expect((await run(box, ["true"])).code).toBe(5);
  expect((await box.run(["run", "s", "--force", "--", "echo forced"])).stdout).toBe("forced\n");
  await person.end();
});

test("no such shell, not created for ids and panes; a name, created with a shell that can be tracked", async () => {
  await using box = shared();
  for (const selector of ["%7", "00000000-0000-4000-8000-000000000000"]) {
    expect((await box.run(["run", selector, "--", "true"])).code).toBe(3);
  }
  // $SHELL is /bin/sh here.
  const created = await box.run(["run", "made", "--", "echo hi; cd /usr"], { cwd: "/tmp" });
  expect(created).toMatchObject({ code: 0, stdout: "hi\n" });
  expect((await box.json(["run", "made", "--", "true"])).cwd).toBe("/usr");
  for (const name of ["made", "unmade"]) expect((await box.run(["run", name, "--", ""])).code).toBe(2);
  expect(await box.ok(["list", "--all", "--short"])).toBe("made\n");
  expect((await box.run(["run", "made"], { input: "" })).code).toBe(2);
});

for (const shell of SHELLS) {
  needs(shell)(
    `${shell}: a run that its own command asks for, refused at once instead of waiting for itself`,
    async () => {
      await using box = home();
      await box.start("s", [shell]);
      const asks = [
        `${BIDE} run . -- true`,
        `sh -c '${BIDE} run s -- true; exit $?'`,
        `setsid -w ${BIDE} run s -- true | cat`,
      ];
      for (const ask of asks) {
        const { stdout } = await run(box, [ask]);
        expect([ask, stdout]).toEqual([ask, expect.stringContaining("it would wait for itself")]);
      }
      expect(await run(box, [asks[0] ?? ""])).toMatchObject({ code: 75 });
      // What does not wait for its end may have its turn afterwards.
      await run(box, [`${BIDE} run s -d -- "echo later"`]);
      await box.event("s", (event) => event.event === "command_finished" && event.command === 6);
      expect(await box.ok(["commands", "s", "--output", "last"])).toBe("later\n");
    },
  );
}

needs("bash")("two with --detach in a shell that still starts, the second does not wait for the first", async () => {
  await using box = home({ ".bashrc": "read -r _ < ~/gate\n" });
  const gate = join(box.home, "gate");
  Bun.spawnSync(["mkfifo", gate]);
  await box.start("s", ["bash"]);
  const both = ["first", "second"].map((word) => box.run(["run", "s", "-d", "--", `echo ${word}`]));
  expect(await Promise.race(both)).toMatchObject({ code: 0, stdout: "s\t-\n" });
  writeFileSync(gate, "go\n");
  expect((await Promise.all(both)).map(({ stdout }) => stdout).toSorted()).toEqual(["s\t-\n", "s\t1\n"]);
  await box.event("s", ({ event, command }) => event === "command_finished" && command === 2);
});

needs("bash")("a run of a job in the background, waits for its turn like anybody's", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const job = `read -r line < go; ${BIDE} run s --timeout 300ms -- true; echo "it ended with $?" > told`;
  await run(box, [`cd ${box.root} && mkfifo go told && { { ${job}; } & }`]);
  // It goes on, and asks, while this one runs, and tells this one what became of it.
  expect((await run(box, ["echo now > go; cat told"])).stdout).toContain("it ended with 124\n");
});
