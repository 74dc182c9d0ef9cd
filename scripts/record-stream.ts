// `scripts/bun scripts/record-stream.ts [NAME...]`: records the programs of test/streams/recipes.ts (all, or those named)
// into test/streams/: NAME.bin, every byte that `bide logs --raw` has, and NAME.json, the size at the start and where it
// changed. The program runs in a session of its own in a fixed directory, with namespaces for processes and host name,
// so that nothing of the machine gets in; a recording that names the machine or its user's home is refused.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { rawLog } from "../test/lifecycle/bide-commands.ts";
import { until } from "../test/lifecycle/processes.ts";
import { layOut, RECIPES, type Recipe } from "../test/streams/recipes.ts";
import type { RecordedSizes } from "../test/streams/recorded-streams.ts";
import { Sandbox } from "../test/support/sandbox.ts";
import { ROOT } from "./checkout.ts";

const DIRECTORY = "/tmp/shelf";
const MOST_BYTES = 60 * 1024;
/** As root of a namespace of its own, process 1 of a machine called `box`. */
const APART = ["unshare", "-rpfu", "--mount-proc", "sh", "-c", 'hostname box; exec "$@"', "sh"];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !RECIPES.some((recipe) => recipe.name === name));
if (unknown !== undefined) {
  console.error(`record-stream: no recipe ${unknown}; there are ${RECIPES.map((recipe) => recipe.name).join(", ")}`);
  process.exit(2);
}
let refused = false;
for (const recipe of RECIPES) {
  if (wanted.length > 0 && !wanted.includes(recipe.name)) continue;
  const { bytes, sizes } = await record(recipe);
  const complaint = complaintAbout(bytes);
  refused ||= complaint !== undefined;
  console.log(`${recipe.name}: ${bytes.length} bytes, ${sizes.resizes.length} resizes${complaint ?? ""}`);
  if (complaint !== undefined) continue;
  const target = join(ROOT, "test/streams", recipe.name);
  writeFileSync(`${target}.bin`, bytes);
  writeFileSync(`${target}.json`, `${JSON.stringify(sizes)}\n`);
}
process.exit(refused ? 1 : 0);

async function record({ name, argv, size, steps }: Recipe): Promise<{ bytes: Uint8Array; sizes: RecordedSizes }> {
  await using box = new Sandbox();
  mkdirSync(DIRECTORY);
  try {
    layOut(DIRECTORY);
    const env = { LESSHISTFILE: "-", GIT_CONFIG_NOSYSTEM: "1", XDG_CONFIG_HOME: box.home, XDG_DATA_HOME: box.home };
    const start = ["start", "--name", name, "--size", size, "--", ...APART, "env", `HOME=${DIRECTORY}`, ...argv];
    await box.ok(start, { cwd: DIRECTORY, env: { ...env, XDG_CACHE_HOME: box.home } });
    for (const step of steps) {
      if ("size" in step) await box.ok(["resize", name, step.size]);
      else if (step.keys !== "") await box.ok(["send", name], { input: step.keys });
      if (step.shows === "") break;
      await settled(box, name, step.shows);
    }
    await until(`${name} has ended`, async () => (await box.json(["status", name])).session.state === "exited");
    return { bytes: await rawLog(box, name), sizes: await sizesOf(box, name, size) };
  } finally {
    rmSync(DIRECTORY, { recursive: true, force: true });
  }
}

/** Resolves once the screen shows this and has been the same for a while; a recording may take its time. */
async function settled(box: Sandbox, name: string, shows: string): Promise<void> {
  let last = "";
  await until(`${name} shows ${JSON.stringify(shows)}`, async () => {
    await Bun.sleep(200);
    const screen = await box.ok(["screen", name]);
    const still = screen === last && screen.includes(shows);
    last = screen;
    return still;
  }).catch((error: unknown) => {
    throw new Error(`${error}\n${last}`);
  });
}

async function sizesOf(box: Sandbox, name: string, size: string): Promise<RecordedSizes> {
  const [cols = 0, rows = 0] = size.split("x").map(Number);
  const events = (await box.ok(["events", name, "--json"])).trimEnd().split("\n");
  const resizes = events
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === "resized")
    .map(({ offset, rows, cols }) => ({ offset, rows, cols }));
  return { rows, cols, resizes };
}

function complaintAbout(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  const secret = [hostname(), homedir(), ROOT, "bide-box-"].find((name) => name !== "/" && text.includes(name));
  if (secret !== undefined) return `: not kept, it says ${secret}`;
  return bytes.length > MOST_BYTES ? `: not kept, more than ${MOST_BYTES}` : undefined;
}
