// The library as somebody who installed it from npm has it: JavaScript and declarations from the packed package.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BIDE } from "../support/sandbox.ts";

const ROOT = resolve(import.meta.dir, "../..");
const project = mkdtempSync(join(tmpdir(), "lib-"));

beforeAll(() => {
  const packed = join(project, "packed");
  const tarball = succeed([process.execPath, join(ROOT, "scripts/pack.ts"), "--library", "--out", packed]).trim();
  const installed = join(project, "node_modules/bide");
  mkdirSync(installed, { recursive: true });
  succeed(["tar", "xzf", tarball, "--strip-components=1", "-C", installed]);
  cpSync(join(ROOT, "node_modules/valibot"), join(project, "node_modules/valibot"), { recursive: true });
  for (const program of ["use-library.mjs", "close-library.mjs"]) {
    copyFileSync(join(ROOT, "test/programs", program), join(project, program));
  }
  writeFileSync(join(project, "package.json"), `{"type":"module"}`);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

const SEEN = {
  noHost: "host_unreachable",
  taken: "name_taken",
  names: ["work"],
  bytes: 4,
  refused: "input_not_owned",
  // Each line twice: the terminal's echo, then cat.
  lines: ["one", "one", "two", "two"],
  states: ["exited"],
  ended: { reason: "exited", state: "exited", exitCode: null, exitSignal: "SIGINT" },
  gone: "session_ended",
  missing: "session_not_found",
};

test("a program on Node, starts, lists, sends, attaches and stops; errors have codes", () => {
  expect(JSON.parse(useLibrary("node", "use-library.mjs"))).toEqual(SEEN);
});

test("the same program on Bun, the same answers", () => {
  expect(JSON.parse(useLibrary(process.execPath, "use-library.mjs"))).toEqual(SEEN);
});

const CLOSED = { left: 0, reasons: ["enough", "enough"], names: ["AbortError", "AbortError", "AbortError"] };

test("closed with waits and iterators under way, on Node and Bun: they end, nothing stays open and the program ends", () => {
  expect(JSON.parse(useLibrary("node", "close-library.mjs"))).toEqual(CLOSED);
  expect(JSON.parse(useLibrary(process.execPath, "close-library.mjs"))).toEqual(CLOSED);
});

test("a strict TypeScript project that knows Node and not Bun, checks against the declarations", () => {
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    target: "ES2022",
    lib: ["ES2022"],
    module: "NodeNext",
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules/@types")],
    noEmit: true,
  };
  writeFileSync(join(project, "consumer.ts"), CONSUMER);
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
  expect(succeed([join(ROOT, "node_modules/.bin/tsc"), "--project", project])).toBe("");
});

/** Standard output of the program under a runtime, in a state directory of its own. */
function useLibrary(runtime: string, program: string): string {
  const place = mkdtempSync(join(project, "s-"));
  const env = { BIDE_BIN: BIDE, BIDE_STATE_DIR: join(place, "state"), BIDE_RUNTIME_DIR: join(place, "run") };
  try {
    return succeed([runtime, join(project, program)], env);
  } finally {
    // The program ends its host itself, unless it failed before.
    succeed([BIDE, "shutdown", "--force"], env);
  }
}

function succeed(command: string[], env: Record<string, string> = {}): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command, {
    cwd: project,
    env: { ...process.env, ...env },
    timeout: 120_000,
  });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout.toString();
}

/** Somebody else's program: what fits is taken, what does not is refused. */
const CONSUMER = `
import { type AttachEnd, type Bide, BideError, connect, type ErrorCode, type Session } from "bide";

export async function nameOf(bide: Bide, argv: string[]): Promise<string> {
  const { session } = await bide.request("session.start", { argv, env: {}, cwd: "/", umask: 0o22, rows: 24, cols: 80 });
  const started: Session = session;
  // @ts-expect-error The answer has a shape, and this is no part of it.
  session.no_such_key;
  // @ts-expect-error Methods are known by name.
  await bide.request("session.no_such_method", {});
  return started.name;
}

export async function watch(print: (bytes: Uint8Array) => void): Promise<AttachEnd | ErrorCode> {
  try {
    const bide = await connect({ env: { BIDE_STATE_DIR: "/tmp/state" }, startHost: false });
    const connection = await bide.session("work");
    const attachment = await connection.attach({ rows: 24, cols: 80 }, { onOutput: print });
    return await attachment.ended;
  } catch (error) {
    if (error instanceof BideError) return error.code;
    throw error;
  }
}
`;
