import { afterAll, expect, test } from "bun:test";
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withCloseOnExec } from "./close-on-exec.ts";
import { libc } from "./libc.ts";
import { SET_FD_FLAGS } from "./platform.ts";
import { processTable } from "./process-table.ts";
import { end, fixture, ORDINARY, startProgram, temporaryDirectory } from "./program-under-test.ts";
import { spawnPty } from "./pty.ts";
import type { SpawnSpec } from "./spawn.ts";

const linux = test.if(process.platform === "linux");
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
afterAll(directory.remove);

function failureOf(spec: Partial<SpawnSpec>): { code: string; message: string } {
  const handlers = { data() {}, exited() {}, closed() {} };
  const result = spawnPty({ ...ORDINARY, argv: ["true"], ...spec }, handlers);
  if (result.ok) throw new Error("it was started");
  return result;
}

function executable(name: string, text: string): string {
  writeFileSync(at(name), text);
  chmodSync(at(name), 0o755);
  return at(name);
}

linux("a program starts, it leads its session on a sane terminal with nothing of ours but fds 0, 1, 2", async () => {
  const leak = openSync("/dev/null", "r");
  libc().fcntl(leak, SET_FD_FLAGS, 0); // as if somebody had handed it to us
  const program = startProgram([fixture("pty-print-facts.sh")], { umask: 0o027, cwd: directory.path });
  await program.exited;
  closeSync(leak);
  const facts: Record<string, string> = {};
  for (const line of program.output().split("\r\n")) {
    const [name = ""] = line.split(":", 1);
    facts[name] = line.slice(name.length + 2).trim();
  }
  expect(facts).toMatchObject({ tty: program.pty.ttyPath, umask: "0027", cwd: directory.path, controlling: "yes" });
  // 10 is where sh keeps its script.
  expect(facts.fds?.split(" ").filter((fd) => fd !== "10")).toEqual(["0", "1", "2"]);
  expect(facts.signals).toBe("SigBlk: 0000000000000000 SigIgn: 0000000000000000");
  expect(facts.ids).toBe(`${program.pty.pid} ${program.pty.pid} ${program.pty.pid}`);
  for (const mode of ["speed 38400", "rows 24; columns 80", "erase = ^?", " iutf8", " icrnl", " onlcr", " echo "]) {
    expect(facts.modes).toContain(mode);
  }
});

linux("the C library cannot close fds in the child, ours are marked close-on-exec before the spawn", () => {
  const leak = openSync("/dev/null", "r");
  libc().fcntl(leak, SET_FD_FLAGS, 0);
  const getFdFlags = 1;
  expect(withCloseOnExec(() => libc().fcntl(leak, getFdFlags, 0))).toBe(1);
  closeSync(leak);
});

test("the environment holds any text, the program gets exactly that and the PATH in it is searched", async () => {
  executable("print-it", '#!/bin/sh\nprintf "%s|" "$WEIRD" "$0" "$1"\n');
  const env = { PATH: directory.path, WEIRD: "é\n=☃ \u{1f600}" };
  const program = startProgram(["print-it", "an argument"], { env });
  await program.exited;
  expect(program.output()).toBe(`${env.WEIRD.replace("\n", "\r\n")}|${at("print-it")}|an argument|`);
});

test("a program has a slash, it is looked up in its own directory and keeps its name", async () => {
  executable("here", '#!/bin/sh\necho "$0 in $(pwd -P)"\n');
  const program = startProgram(["./here"], { cwd: directory.path });
  await program.exited;
  expect(program.output()).toBe(`./here in ${directory.path}\r\n`);
});

test("a directory and a file without permission come first on PATH, the executable behind them is run", async () => {
  mkdirSync(at("a/twice"), { recursive: true });
  mkdirSync(at("b"));
  mkdirSync(at("c"));
  writeFileSync(at("b/twice"), "#!/bin/sh\necho wrong\n");
  executable("c/twice", "#!/bin/sh\necho right\n");
  const program = startProgram(["twice"], { env: { PATH: `${at("a")}:${at("b")}:${at("c")}` } });
  await program.exited;
  expect(program.output()).toBe("right\r\n");
});

test("a program does not exist, it is program_not_found with the PATH that was searched", () => {
  expect(failureOf({ argv: ["bide-no-such"] })).toMatchObject({ code: "program_not_found" });
  expect(failureOf({ argv: ["bide-no-such"], env: { PATH: "/nowhere" } }).message).toContain('PATH="/nowhere"');
  expect(failureOf({ argv: ["./bide-no-such"] })).toMatchObject({ code: "program_not_found" });
  expect(failureOf({ argv: ["/etc/passwd/x"] })).toMatchObject({ code: "program_not_found" });
  expect(failureOf({ argv: [""] })).toMatchObject({ code: "program_not_found" });
});

test("a file cannot be executed, it is program_not_executable with the reason", () => {
  expect(failureOf({ argv: ["/etc/passwd"] }).message).toContain("permission denied");
  expect(failureOf({ argv: ["/etc"] }).message).toContain("a directory");
  expect(failureOf({ argv: [executable("garbage", "\u0001\u0002")] }).message).toContain("neither a program");
  expect(failureOf({ argv: [executable("lost", "#!/no/such/shell\n")] }).message).toContain('"/no/such/shell"');
  for (const argv of [["/etc/passwd"], ["/etc"], [at("garbage")], [at("lost")]]) {
    expect(failureOf({ argv }).code).toBe("program_not_executable");
  }
});

test("the directory is missing or a file, it is bad_cwd whatever the program is", () => {
  expect(failureOf({ cwd: "/no/such" }).code).toBe("bad_cwd");
  expect(failureOf({ cwd: "/etc/passwd" }).message).toContain("a file");
  expect(failureOf({ cwd: "/no/such", argv: ["bide-no-such"] }).code).toBe("bad_cwd");
  expect(failureOf({ cwd: "/no/such", argv: ["./here"] }).code).toBe("bad_cwd");
});

test("a word holds a NUL or there is none, it is bad_value", () => {
  expect(failureOf({ argv: ["true", "a\0b"] }).code).toBe("bad_value");
  expect(failureOf({ env: { A: "a\0b" } }).code).toBe("bad_value");
  expect(failureOf({ env: { "A=B": "" } }).code).toBe("bad_value");
  expect(failureOf({ argv: [] }).code).toBe("bad_value");
});

linux("spawns fail in every way 20 times, no fd, no child and no changed umask is left", () => {
  const open = () => readdirSync("/proc/self/fd").length;
  const before = { fds: open(), umask: process.umask() };
  for (let round = 0; round < 20; round++) {
    failureOf({ argv: ["/etc/passwd"], umask: 0o077 });
    failureOf({ cwd: "/no/such", umask: 0o077 });
    failureOf({ argv: ["/bin/true", "x".repeat(3_000_000)], umask: 0o077 });
  }
  expect({ fds: open(), umask: process.umask() }).toEqual(before);
  expect(processTable().filter((row) => row.ppid === process.pid)).toEqual([]);
});

test("arguments are too long, it is spawn_failed and says so", () => {
  const failure = failureOf({ argv: ["/bin/true", "x".repeat(3_000_000)] });
  expect(failure.code).toBe("spawn_failed");
  expect(failure.message).toContain("E2BIG (arguments and environment together are too long)");
});

test("no fd is left in this process, it is spawn_failed and works again once there are some", () => {
  const script = `ulimit -n 64; exec "${process.execPath}" "${fixture("pty-spawn-without-fds.ts")}"`;
  const run = Bun.spawnSync(["sh", "-c", script], { stderr: "inherit" });
  expect(run.stdout.toString()).toBe("spawn_failed started\n");
});

test("a program is hung up on, it is reaped with its signal", async () => {
  const program = startProgram([fixture("pty-never-reads.sh")]);
  await program.printed("ready");
  expect(await end(program)).toEqual({ code: null, signal: "SIGHUP" });
});
