import { expect, test } from "bun:test";
import { statSync } from "node:fs";
import { stateOf, until } from "../../test/lifecycle/processes.ts";
import { ClientTty, type ClientTtyName } from "./client-tty.ts";
import { end, startProgram } from "./program-under-test.ts";

const READY = ["sh", "-c", "stty raw -echo; echo ready; exec sleep 1000"];

/** A client that sits at a terminal of its own, whose person is the test. */
async function client(): Promise<{ program: ReturnType<typeof startProgram>; name: ClientTtyName }> {
  const program = startProgram(READY);
  await program.printed("ready");
  const { ttyPath: path, pid } = program.pty;
  const { dev, ino, rdev } = statSync(path);
  return { program, name: { path, dev, ino, rdev, pid } };
}

test("a client's own terminal, what is written is shown there and what is typed there is told and read", async () => {
  const { program, name } = await client();
  const told = Promise.withResolvers<void>();
  const tty = ClientTty.open(name, told.resolve);
  expect(tty?.present).toBe(true);
  expect(tty?.write(Buffer.from("past the client"))).toBe(15);
  await program.printed("past the client");
  expect(tty?.readable).toBe(false);
  tty?.listen();
  program.pty.write(Buffer.from("key"));
  await told.promise;
  expect(tty?.readable).toBe(true);
  expect(Buffer.from(tty?.read() ?? []).toString()).toBe("key");
  expect(tty?.read()).toHaveLength(0);
  tty?.dispose();
  await end(program);
});

test("a terminal that takes no more, the bytes that it took are counted and nothing waits for ever", async () => {
  const { program, name } = await client();
  const tty = ClientTty.open(name, () => {});
  program.pty.pause();
  const bytes = new Uint8Array(1024 * 1024).fill(0x78);
  const count = tty?.write(bytes) ?? -1;
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(bytes.length);
  program.pty.resume();
  await program.printed("x".repeat(count));
  tty?.dispose();
  await end(program);
});

test("another device, another file, no controlling terminal of that process, no such path: not reached", async () => {
  const { program, name } = await client();
  const wrong: Partial<ClientTtyName>[] = [
    { rdev: name.rdev + 1 },
    { ino: name.ino + 1 },
    { dev: name.dev + 1 },
    { pid: process.pid },
    { pid: 0 },
    { path: "/dev/no-such-terminal" },
    { path: "/dev/null" },
    { path: "/etc/passwd" },
  ];
  for (const part of wrong) expect(ClientTty.open({ ...name, ...part }, () => {})).toBeUndefined();
  await end(program);
});

test("a client that was stopped or has ended, its terminal is not reached", async () => {
  const { program, name } = await client();
  process.kill(name.pid, "SIGSTOP");
  await until("it is stopped", () => stateOf(name.pid) === "T");
  expect(ClientTty.open(name, () => {})).toBeUndefined();
  process.kill(name.pid, "SIGCONT");
  const tty = await until("it goes on", () => ClientTty.open(name, () => {}));
  await end(program);
  expect(ClientTty.open(name, () => {})).toBeUndefined();
  await until("its end is known", () => !tty.present);
  expect(tty.write(Buffer.from("nobody"))).toBe(-1);
  tty.dispose();
});
