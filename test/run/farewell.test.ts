// bash says `exit` or `logout` when a command ends it: a word of the shell, not of the command, whenever it is read.

import { expect, setDefaultTimeout } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { until } from "../lifecycle/processes.ts";
import { needs } from "../support/needs.ts";
import { home } from "./shell.ts";

setDefaultTimeout(60_000);

for (const argv of [["bash"], ["bash", "-l"]]) {
  needs("bash")(`${argv.join(" ")} that takes its time to end, its last word in the output of nobody`, async () => {
    await using box = home();
    await box.start("s", argv);
    const fifo = `${box.home}/fifo`;
    // Reading and writing, so that neither end waits for the other to open.
    const ending = `mkfifo ${fifo}; exec 9<>${fifo}; trap 'read -r -u 9' EXIT; echo bye; exit 3`;
    const run = box.spawn(["run", "s", "--", ending]);
    await box.printed("s", argv.length > 1 ? "logout" : "exit\r\n");
    // One more answer of the worker, so that a run that asked for output has it.
    await run.says("bye");
    await box.ok(["screen", "s"]);
    writeFileSync(fifo, "on\n");
    expect(await run.finished).toEqual({ code: 3, stdout: "bye\n", stderr: "" });
  });
}

needs("bash")("bash that is dead before its last word is read, the word in the output of nobody", async () => {
  await using box = home();
  const { worker_pid, child_pid } = await box.start("s", ["bash"]);
  const fifo = `${box.home}/fifo`;
  const run = box.spawn(["run", "s", "--", `mkfifo ${fifo}; echo bye; read -r <${fifo}; exit 3`]);
  await run.says("bye");
  process.kill(worker_pid as number, "SIGSTOP");
  try {
    writeFileSync(fifo, "on\n");
    // Nobody reaps it while the worker is stopped.
    await until("bash is dead", () => /^State:\s+Z/m.test(readFileSync(`/proc/${child_pid}/status`, "utf8")));
  } finally {
    process.kill(worker_pid as number, "SIGCONT");
  }
  expect(await run.finished).toEqual({ code: 3, stdout: "bye\n", stderr: "" });
});

needs("bash")("a program that prints such a word and goes on, the word at once", async () => {
  await using box = home();
  await box.start("s", ["bash"]);
  const run = box.spawn(["run", "s", "--", "sh -c 'echo exit; read x; echo $x'"]);
  await run.says("exit\n");
  await box.type("s", "on\r");
  expect((await run.finished).stdout).toBe("exit\non\non\n");
});
