// The two executables that are measured: bide, built by scripts/build.ts as users get it, and a hello world
// compiled in the same way, whose start is what the runtime itself costs. Both are built for each run, into its
// own directory, so that nobody replaces them meanwhile; BIDE_UNDER_TEST names a ready bide to measure instead.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Runtime {
  /** Path of the compiled bide. */
  readonly bide: string;
  readonly bideVersion: string;
  /** Path of the compiled hello world. */
  readonly hello: string;
  /** Path of Bun itself, for the bench's own programs. */
  readonly bun: string;
}

/** Builds into `directory`; throws with what the compiler said. */
export async function buildExecutables(directory: string): Promise<Runtime> {
  const bide = process.env.BIDE_UNDER_TEST || (await buildBide(directory));
  const version = Bun.spawnSync([bide, "version"]).stdout.toString().trim();
  const hello = await buildHello(directory);
  // 240 MB that are still on their way to the disk would be in the times of whoever waits for it (`start`, twice).
  Bun.spawnSync(["sync"]);
  return { bide, bideVersion: version, hello, bun: process.execPath };
}

async function buildBide(directory: string): Promise<string> {
  const script = join(import.meta.dir, "../build.ts");
  const built = Bun.spawnSync([process.execPath, script, "--out", directory], { stdout: "pipe", stderr: "pipe" });
  if (built.exitCode !== 0) throw new Error(`the build failed: ${built.stderr}`);
  return join(directory, "bide");
}

async function buildHello(directory: string): Promise<string> {
  const source = join(directory, "hello.ts");
  const outfile = join(directory, "hello");
  writeFileSync(source, 'console.log("hello");\n');
  await Bun.build({
    entrypoints: [source],
    target: "bun",
    format: "esm",
    bytecode: true,
    minify: true,
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
  });
  return outfile;
}
