// `npm run pack`: the two tarballs that are published for this platform, in dist/npm: bide (launcher and library)
// and bide-<platform> (the compiled executable). The platform packages become optional dependencies of bide here and
// never in the repository, where `npm install` would ask the registry for names that may not be there.
// `--library` packs bide alone, without compiling; `--out DIR` as in build.ts.

import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { manifest, platform, ROOT, run, textOf, writeJson } from "./checkout.ts";

const { values } = parseArgs({
  options: { out: { type: "string", default: "dist" }, library: { type: "boolean", default: false } },
});
const out = resolve(ROOT, values.out);
const { version } = manifest();
const npm = join(out, "npm");

const script = (name: string, ...args: string[]) => run([process.execPath, join(ROOT, "scripts", name), ...args]);
if (!values.library) script("build.ts", "--out", out);
script("build-client.ts", "--out", out);
const packages = values.library ? [layOutMain()] : [layOutMain(), join(npm, `bide-${platform()}`)];
for (const directory of packages) {
  const [packed] = JSON.parse(
    textOf(["npm", "pack", "--json", "--ignore-scripts", "--pack-destination", npm, directory]),
  );
  console.log(join(npm, packed.filename));
}

/** DIR/npm/bide: no TypeScript and no Bun, so bin/bide looks for the executable. */
function layOutMain(): string {
  const directory = join(npm, "bide");
  rmSync(directory, { recursive: true, force: true });
  for (const file of ["bin/bide", "scripts/find-bun.sh", "LICENSE", "README.md", "docs/bide.1"]) {
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(directory, file));
  }
  for (const folder of ["client", "base", "protocol", "terminal"]) {
    cpSync(join(out, folder), join(directory, "dist", folder), { recursive: true });
  }
  writeJson(join(directory, "package.json"), publishedManifest(directory));
  return directory;
}

/** package.json as published: without what only a checkout needs. */
function publishedManifest(directory: string): Record<string, unknown> {
  const {
    scripts,
    devDependencies,
    optionalDependencies,
    exports,
    dependencies,
    man,
    files,
    private: _,
    ...kept
  } = manifest();
  // The executable brings everything else along.
  const { valibot } = dependencies;
  return {
    ...kept,
    ...(existsSync(join(directory, "docs/bide.1")) ? { man } : {}),
    exports: {
      ".": { types: "./dist/client/index.d.ts", default: "./dist/client/index.js" },
      "./package.json": "./package.json",
    },
    dependencies: { valibot },
    optionalDependencies: Object.fromEntries(
      Object.keys(optionalDependencies).map((name) => [name.replace("@oven/bun-", "bide-"), version]),
    ),
  };
}
