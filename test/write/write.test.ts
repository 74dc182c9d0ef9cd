// `bide write`: a file through a session's shell, byte for byte, whole or not at all, with the terminal, the screen and
// the history of the shell as they were.

import { expect, setDefaultTimeout, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { amount } from "../support/amounts.ts";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { bash, PROMPT, random, shell, shellIsFine } from "./shell.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(120_000);

const shared = sharedSandbox();

/** Around a block of a disk and a piece of the transfer. */
const SIZES = [0, 1, 4095, 4096, 768 * 1024, 768 * 1024 + 1, 1_700_000];
const FEW_SIZES = [0, 4096, 768 * 1024 + 1];

/** All that a shell could take amiss, in one path and one by one. */
const AMISS = ["quo'te", 'dou"ble', "$HOME", "`id`", "back\\slash\\n", "new\nline\n", "100%s", "漢字 é 😀", "*"];
const PATHS = [AMISS.join(" "), "a b/c d", "-rf", "~", "x".repeat(255)];

async function roundTrip(box: Sandbox, bytes: Uint8Array, path = "file"): Promise<void> {
  const answer = JSON.parse((await box.ok(["write", "w", "--json", "--", path], { input: bytes })) || "null");
  expect(answer).toMatchObject({ schema_version: 1, path, bytes: bytes.length, session_id: expect.any(String) });
  expect(readFileSync(join(box.home, path)).equals(bytes)).toBe(true);
}

async function screen(box: Sandbox): Promise<string[]> {
  const { lines } = await box.json(["screen", "w"]);
  return lines.map(({ text }: { text: string }) => text).filter((text: string) => text !== "");
}

needs("bash")("files of many sizes, the same bytes; afterwards the screen and the history are as before", async () => {
  await using box = shared();
  await shell(box, bash);
  await box.type("w", " echo before\r");
  await box.printed("w", "before\r\n");
  for (const size of amount(FEW_SIZES, SIZES)) await roundTrip(box, random(size));
  await roundTrip(box, new TextEncoder().encode("~.\n\x03\x04\x1b\0\r\n~."));
  await box.event("w", ({ event }) => event === "output");
  expect(await screen(box)).toEqual([`${PROMPT} echo before`, "before", PROMPT.trimEnd()]);
  await box.type("w", " history | wc -l\r");
  await box.printed("w", "0\r\n");
  await shellIsFine(box);
});

for (const [program, ...argv] of [
  ["dash"],
  ["zsh", "-f"],
  ["fish", "-N"],
  ["script", "-qc", "sh", "/dev/null"],
  ["bash"],
] as const) {
  needs(program)(`${[program, ...argv].join(" ")}, a file just after its start`, async () => {
    await using box = shared();
    await shell(box, [program, ...argv]);
    await roundTrip(box, random(100_000));
    // In the same way for each of them.
    if (amount(program === "bash", true)) await roundTrip(box, random(200_000), "second file");
    await shellIsFine(box);
  });
}

needs("bash", "script")(
  "a shell in a terminal in a shell, as with ssh: the file is where the inner shell is",
  async () => {
    await using box = shared();
    mkdirSync(join(box.home, "below"));
    await shell(box, bash);
    await box.printed("w", PROMPT);
    await box.type("w", "cd below; PS1=in''ner script -qc 'sh -i' /dev/null\r");
    await box.printed("w", "inner");
    const bytes = random(800_000);
    await box.ok(["write", "w", "file"], { input: bytes });
    expect(readFileSync(join(box.home, "below/file")).equals(bytes)).toBe(true);
  },
);

test("paths with everything that a shell could take amiss, each the file of that name", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  mkdirSync(join(box.home, "a b"));
  const bytes = random(10);
  for (const path of amount(PATHS, [...PATHS, ...AMISS])) {
    await roundTrip(box, bytes, path);
  }
  await shellIsFine(box);
});

test("permissions: a new file by the umask, an old one as it was, also behind a link", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  await box.type("w", "umask 027\r");
  await roundTrip(box, random(10), "new");
  expect(statSync(join(box.home, "new")).mode & 0o7777).toBe(0o640);
  for (const mode of amount([0o755], [0o600, 0o755, 0o664])) {
    writeFileSync(join(box.home, "old"), "old");
    chmodSync(join(box.home, "old"), mode);
    await roundTrip(box, random(10), "old");
    expect(statSync(join(box.home, "old")).mode & 0o7777).toBe(mode);
  }
  symlinkSync("old", join(box.home, "link"));
  await roundTrip(box, random(10), "link");
  expect(readlinkSync(join(box.home, "link"))).toBe("old");
});

test("a far side without base64, sha256sum and head, the same bytes by printf, dd and cksum", async () => {
  await using box = sandbox();
  const tools = join(box.root, "tools");
  mkdirSync(tools);
  const names = ["sh", "stty", "cat", "tr", "rm", "mv", "cut", "dd", "cksum", "chmod", "ls", "grep"];
  for (const name of names) symlinkSync(Bun.which(name) ?? "", join(tools, name));
  await shell(box, ["/bin/sh"], [`PATH=${tools}`]);
  const every = Uint8Array.from({ length: 256 * amount(20, 80) }, (_, index) => index % 256);
  const answer = await box.ok(["write", "w", "file", "--json"], { input: every });
  expect(JSON.parse(answer).checksum).toMatch(/^cksum:\d+$/);
  expect(readFileSync(join(box.home, "file")).equals(every)).toBe(true);
});

test("places that cannot be written, told with 1; nothing is there afterwards and the shell is fine", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  mkdirSync(join(box.home, "directory"));
  for (const [path, reason] of [
    ["directory", "it is a directory"],
    ["missing/file", "irectory"],
    ["/dev/full", "no regular file"],
  ] as const) {
    const { code, stderr } = await box.run(["write", "w", path], { input: random(800_000) });
    expect([path, code]).toEqual([path, 1]);
    expect(stderr).toContain(`cannot write ${path}: `);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain("\x1b");
  }
  await shellIsFine(box);
});

needs("root")("a disk that gets full, disk_full; the old file is untouched and no half one is left", async () => {
  await using box = sandbox();
  const disk = join(box.root, "disk");
  mkdirSync(disk);
  const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
  expect(mounted.exitCode).toBe(0);
  using _ = { [Symbol.dispose]: () => void Bun.spawnSync(["umount", "-l", disk]) };
  await shell(box, ["sh"]);
  const file = join(disk, "file");
  writeFileSync(file, "old");
  const { code, stderr } = await box.run(["write", "w", file, "--json"], { input: random(2_000_000) });
  expect(code).toBe(1);
  expect(JSON.parse(stderr).error).toMatchObject({
    code: "disk_full",
    message: expect.stringContaining("o space left"),
  });
  expect(readdirSync(disk)).toEqual(["file"]);
  expect(readFileSync(file, "utf8")).toBe("old");
  await shellIsFine(box);
});

needs("bash")("sessions whose shell does not wait, refused with 75, and nothing is typed", async () => {
  await using box = shared();
  await box.start("script", ["sh", "-c", "cat; echo end"]);
  await box.start("full", ["bash", "--norc", "-c", "printf '\\033[?1049h'; read line"]);
  await shell(box, bash);
  await box.type("w", "echo at wo''rk; while :; do read -t 0.1; done\r");
  await box.printed("w", "at work\r\n");
  // Each is given four seconds to become a shell that waits, or less where --timeout says so.
  const refused = await Promise.all(
    ["script", "full", "w"].map(async (name) => ({
      name,
      ...(await box.run(["write", name, "file"], { input: "x" })),
    })),
  );
  for (const { name, code, stderr } of refused) {
    expect([name, code]).toEqual([name, 75]);
    expect(stderr).toContain(`no shell waits for a command in ${name}`);
  }
  for (const name of ["script", "w"]) expect(await box.ok(["logs", name, "--raw"])).not.toContain("stty");
  expect(existsSync(join(box.home, "file"))).toBe(false);
});

test("--timeout, also for a shell that does not come; a bad one is told before anything is waited for", async () => {
  await using box = shared();
  await box.start("x", ["cat"]);
  const patient = box.run(["write", "x", "file"], { input: "x" });
  const refused = await Promise.race([box.run(["write", "x", "file", "--timeout", "1ms"], { input: "x" }), patient]);
  expect(refused.code).toBe(75);
  // The other one is still waiting.
  expect(await Promise.race([patient, Promise.resolve("waiting")])).toBe("waiting");
  expect((await box.run(["write", "x", "file", "--timeout", "soon"], { input: "x" })).code).toBe(2);
  expect((await patient).code).toBe(75);
});

test("usage, no such session, an ended one and one that somebody is attached to, each with its code", async () => {
  await using box = shared();
  await shell(box, ["sh"]);
  expect((await box.run(["write", "w"], { input: "x" })).code).toBe(2);
  expect((await box.run(["write", "w", ""], { input: "x" })).code).toBe(2);
  expect((await box.run(["write", "w", "a", "b"], { input: "x" })).code).toBe(2);
  expect((await box.run(["write", "nobody", "a"], { input: "x" })).code).toBe(3);
  const attached = box.spawn(["attach", "w"]);
  await box.event("w", ({ event }) => event === "attached");
  expect((await box.run(["write", "w", "a"], { input: "x" })).code).toBe(5);
  await attached.end();
  await box.kill("w");
  expect((await box.run(["write", "w", "a"], { input: "x" })).code).toBe(4);
});

needs("script")("a terminal, it shows a bar while it works and nothing of it afterwards", async () => {
  await using box = sandbox();
  await shell(box, ["sh"]);
  const file = join(box.root, "input");
  writeFileSync(file, random(2_000_000));
  const shown = Bun.spawn(["script", "-qec", `'${BIDE}' write w file < ${file}`, "/dev/null"], {
    env: box.env,
    stdin: "ignore",
    stdout: "pipe",
  });
  const text = await new Response(shown.stdout).text();
  expect(await shown.exited).toBe(0);
  expect(text).toMatch(/\[#+ *\] \d+% {2}\d+(\.\d)? [KM]?B of 2\.0 MB/);
  expect(text).toEndWith("\r\x1b[Kfile written in w: 2.0 MB, verified\r\n");
});
