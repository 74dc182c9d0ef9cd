// `npm run build`: compiles src/bin/bide.ts to one executable for the platform that it runs on, and lays the
// platform's npm package around it. `--out DIR` (default dist) and `--version V` (tests of upgrades need two
// versions of one checkout) are for tests. scripts/pack.ts makes the packages that are published.
//
// The choices below were measured (2 cores, Linux, `bide version` / `bide list` / private memory of an idle worker):
// nothing 34 / 42 ms / 7.7 MB; bytecode, minified 12 / 16 ms / 6.4 MB; with splitting, so that a role reads only its
// own modules, 8.8 / 13.5 ms / 5.1 MB. A source map costs no time and makes the traces of a bug readable.
// Commands leave compiling to those that run long (src/base/jit-policy.ts): `list` of 50 sessions woke the compiler for six
// functions, which took 1.6 to 2.8 of its 15 to 18 ms. Not worth it: --smol (+1 ms for every command), --bytecode-order
// (nothing beyond the noise).

import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { RARELY } from "../src/base/jit-policy.ts";
import { manifest, platform, ROOT, writeJson } from "./checkout.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" }, version: { type: "string" } } });
const out = resolve(ROOT, values.out);
const version = values.version ?? manifest().version;

const executable = join(out, "bide");
await compile(executable);
const packaged = layOutPackage(platform());
console.log(`${executable}\n${packaged}`);

async function compile(target: string): Promise<void> {
  const directory = join(out, "compiling");
  rmSync(directory, { recursive: true, force: true });
  const outfile = join(directory, "bide");
  const built = await Bun.build({
    entrypoints: [join(ROOT, "src/bin/bide.ts")],
    target: "bun",
    format: "esm",
    bytecode: true,
    minify: true,
    splitting: true,
    sourcemap: "linked",
    define: { BIDE_BUILD_VERSION: JSON.stringify(version) },
    // No .env or bunfig.toml of the directory that the user happens to stand in is ever read. An executable without any
    // argument of Bun's refuses to start in a directory that was removed (Bun 1.4.5); with one it starts and throws
    // where somebody asks for the directory, as Bun on the source does. This one says again what the next two say.
    compile: {
      outfile,
      execArgv: ["--no-env-file"],
      jitPolicy: RARELY,
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
    throw: false,
  });
  for (const log of built.logs) console.error(log);
  if (!built.success) process.exit(1);
  // An executable that runs cannot be written to, only replaced. The maps are inside it; the files are left over.
  renameSync(outfile, target);
  rmSync(directory, { recursive: true });
}

/** DIR/npm/bide-<platform>, ready for `npm pack`; bin/bide finds the executable there by this name. */
function layOutPackage(name: string): string {
  const { license, description } = manifest();
  const directory = join(out, "npm", `bide-${name}`);
  const [os, cpu, libc] = name.split("-");
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "bin"), { recursive: true });
  copyFileSync(executable, join(directory, "bin/bide"));
  copyFileSync(join(ROOT, "LICENSE"), join(directory, "LICENSE"));
  writeFileSync(join(directory, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicences());
  writeJson(join(directory, "package.json"), {
    name: `bide-${name}`,
    version,
    description: `${description} The executable for ${name}; install the package bide instead.`,
    license,
    os: [os],
    cpu: [cpu === "aarch64" ? "arm64" : cpu],
    ...(os === "linux" ? { libc: [libc ?? "glibc"] } : {}),
    files: ["bin/bide", "THIRD-PARTY-LICENSES.txt"],
    preferUnplugged: true,
  });
  return directory;
}

/** What the executable contains of others, with their own words where their packages bring them. */
function thirdPartyLicences(): string {
  return Object.keys(manifest().dependencies).map(licenceOf).join("\n");
}

function licenceOf(name: string): string {
  const directory = join(ROOT, "node_modules", name);
  const { version, license, repository } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const source = typeof repository === "string" ? repository : repository?.url;
  const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(join(directory, file), "utf8").trim()}\n`;
  return `== ${name} ${version}: ${license}; source: ${source ?? "the npm package"} ==\n${text}`;
}
