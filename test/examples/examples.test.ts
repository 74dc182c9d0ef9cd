// The examples of the README, run as they stand by Node and by Bun, with the library of this checkout.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);

const ROOT = resolve(import.meta.dir, "../..");
const RUNTIMES: Readonly<Record<string, readonly string[]>> = { Node: ["node"], Bun: [process.execPath] };

const project = mkdtempSync(join(tmpdir(), "bide-examples-"));

/** A project that has installed the packed library, with the examples in it. */
beforeAll(() => {
  const packed = Bun.spawnSync([
    process.execPath,
    join(ROOT, "scripts/pack.ts"),
    "--library",
    "--out",
    join(project, "packed"),
  ]);
  const installed = join(project, "node_modules/bide");
  mkdirSync(installed, { recursive: true });
  Bun.spawnSync(["tar", "xzf", packed.stdout.toString().trim(), "--strip-components=1", "-C", installed]);
  cpSync(join(ROOT, "node_modules/valibot"), join(project, "node_modules/valibot"), { recursive: true });
  cpSync(join(ROOT, "examples"), join(project, "examples"), { recursive: true });
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

async function example(box: Sandbox, runtime: readonly string[], name: string, ...args: string[]) {
  const env = { ...box.env, BIDE_BIN: BIDE };
  const child = Bun.spawn([...runtime, join(project, "examples", name), ...args], {
    env,
    cwd: box.home,
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, code };
}

for (const [name, runtime] of Object.entries(RUNTIMES)) {
  needs("bash", ...(name === "Node" ? ["node"] : []))(
    `build-and-test on ${name}, the output of each step and the code of the first that fails`,
    async () => {
      await using box = sandbox();
      const { stdout, stderr, code } = await example(
        box,
        runtime,
        "build-and-test.mjs",
        "cd / && echo in $PWD",
        "pwd; exit_with() { return 7; }; exit_with",
        "echo never",
      );
      expect(stderr).toBe("");
      expect(stdout.replaceAll(/after \d+ ms/g, "after N ms")).toBe(
        "== cd / && echo in $PWD\nin /\n-- 0 after N ms\n== pwd; exit_with() { return 7; }; exit_with\n/\n-- 7 after N ms\n",
      );
      expect(code).toBe(7);
      expect((await box.json(["status", "build"])).session.state).toBe("running");
    },
  );

  test(`relay-agents on ${name}, each question is answered and the asker's code is the script's`, async () => {
    await using box = sandbox();
    const asker =
      'stty -echo; for q in one two three; do echo "ask: $q"; read -r a; [ "$a" = "$q?" ] || exit 9; done; exit 5';
    const answerer = 'stty -echo; while read -r q; do echo "answer: $q?"; done';
    const { stdout, stderr, code } = await example(box, runtime, "relay-agents.mjs", asker, answerer);
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual([
      ...["one", "two", "three"].flatMap((word) => [`asker: ${word}`, `answerer: ${word}?`]),
      "asker ended with 5",
      "recorded",
      "",
    ]);
    expect(code).toBe(5);
  });
}
