// `npm run build:client`: the library as JavaScript and declarations, module by module, for Node and for the
// published package: dist/client, and dist/base, dist/protocol and dist/terminal that it imports. Runs before every `npm pack`.
// tsconfig.client.json starts from src/client/index.ts alone, so nothing else can slip in. `--out DIR` (default dist) is for tests.

import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, run } from "./checkout.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" } } });
const out = resolve(ROOT, values.out);

for (const folder of ["client", "base", "protocol", "terminal"]) {
  rmSync(join(out, folder), { recursive: true, force: true });
}
run([join(ROOT, "node_modules/.bin/tsc"), "--project", "tsconfig.client.json", "--outDir", out]);
