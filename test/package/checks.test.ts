// The checks of `npm run check` and the rules of `npm test` hold only if breaking them fails.

import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { runTestFile } from "../../scripts/run-test-file.ts";

const ROOT = resolve(import.meta.dir, "../..");
const place = mkdtempSync(join(tmpdir(), "c-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const FORBIDDEN = [
  [
    "host/a.ts",
    `import { b } from "../terminal/b.ts";`,
    "src/host/a.ts:1: host/ may import protocol, store, pty, base",
  ],
  ["session/a.ts", `const b = await import("../client/b.ts");`, "session/ may import"],
  ["client/deep/a.ts", `import type { B } from "../../store/b.ts";`, "client/ may import protocol, terminal, base"],
  ["client/b.ts", `export * from "../../scripts/b.ts";`, "client/ may import protocol, terminal, base"],
  ["base/a.ts", `import\n  { b }\n  from "../protocol/b.ts";`, "base/ may import nothing"],
  ["newcomer/a.ts", "export {};", "give src/newcomer a row"],
] as const;

test.each(FORBIDDEN)("an import that points the wrong way in %s, refused", (path, text, complaint) => {
  const src = tree({ [path]: text });
  const { code, stderr } = script("check-imports.ts", src);
  expect(stderr).toContain(complaint);
  expect(code).toBe(1);
});

test("imports that point the right way, and whatever a test imports, accepted", () => {
  const src = tree({
    "host/a.ts": `import { b } from "../store/b.ts";\nimport "./c.ts";\nimport { d } from "valibot";`,
    "host/a.test.ts": `import { b } from "../terminal/b.ts";`,
  });
  expect(script("check-imports.ts", src)).toEqual({ code: 0, stderr: "" });
});

test("a drawer name, a long file and one without a comment at the top, each refused", () => {
  const root = tree({
    "src/cli/utils/a.ts": "// A.\n",
    "src/cli/long.ts": `// Long.\n${"\n".repeat(400)}`,
    "src/cli/notKebab.ts": "// Not kebab.\n",
    "scripts/bare.ts": "export {};\n",
    "test/fine.ts": "// Fine.\n",
  });
  const { code, stderr } = script("check-files.ts", root);
  expect(stderr.trim().split("\n").sort()).toEqual([
    "scripts/bare.ts: expected a comment at the top: what it is",
    "src/cli/long.ts: 401 lines, expected at most 400",
    "src/cli/notKebab.ts: expected a name in kebab-case",
    `src/cli/utils/a.ts: "utils" says nothing; name it after what it does`,
  ]);
  expect(code).toBe(1);
});

const BROKEN = [
  [
    "leaves a process",
    `test("a", () => { Bun.spawn(["sleep", "1000"], { detached: true }).unref(); });`,
    "left the process",
  ],
  ["leaves a file", `test("a", () => Bun.write(process.env.TMPDIR + "/left", ""));`, "left left in its temporary"],
  ["skips a test", `test("a", () => {}); test.skip("b", () => {});`, "1 skipped"],
  ["holds no test", "export {};", "no test reported a result"],
  ["ends the process early", `test("a", () => process.exit(0));`, "no test reported a result"],
] as const;

test.each(BROKEN)("a test file that %s, failed", async (_, text, complaint) => {
  const outcome = await runText(text);
  expect(outcome.complaints.join("\n")).toContain(complaint);
  expect(outcome.failed).toBe(1);
});

test("a test file that picks some of its tests, failed", async () => {
  expect((await runText(`test("a", () => {}); test.only("b", () => {});`)).failed).toBe(1);
});

test("a test file with two sound tests, counted", async () => {
  const { passed, failed, complaints } = await runText(`test("a", () => {}); test("b", () => {});`);
  expect({ passed, failed, complaints }).toEqual({ passed: 2, failed: 0, complaints: [] });
});

async function runText(text: string) {
  const path = join(tree({ "x.test.ts": `import { test } from "bun:test";\n${text}` }), "x.test.ts");
  return runTestFile(relative(ROOT, path), place, new AbortController().signal);
}

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(place, "t-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function script(name: string, argument: string): { code: number; stderr: string } {
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, join(ROOT, "scripts", name), argument]);
  return { code: exitCode, stderr: stderr.toString() };
}
