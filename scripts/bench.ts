// `npm run bench`: builds bide and measures it side by side with tmux, dtach and screen (those that are installed)
// and with the bare runtime or a bare PTY, in one run. Every figure has fresh servers in a directory of its own and
// leaves nothing behind. Targets are printed with yes or no; only a figure that cannot be measured fails the run.
//
//   npm run bench -- --quick              a smoke run of a minute or two
//   npm run bench -- --only echo          one figure (again for more): see FIGURES
//   npm run bench -- --json out.json      the rows as JSON; --markdown prints the table of docs/performance.md

import { mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { buildExecutables, type Runtime } from "./bench/executables.ts";
import type { Figure, Row } from "./bench/figure.ts";
import { commands } from "./bench/figure-commands.ts";
import { echo } from "./bench/figure-echo.ts";
import { firstPaint } from "./bench/figure-first-paint.ts";
import { memory } from "./bench/figure-memory.ts";
import { readBack } from "./bench/figure-read-back.ts";
import { stalledClient } from "./bench/figure-stalled-client.ts";
import { throughput } from "./bench/figure-throughput.ts";
import { asMarkdown, asText, describeMachine, machineLine } from "./bench/report.ts";
import { World } from "./bench/world.ts";

const FIGURES: readonly Figure[] = [commands, firstPaint, echo, throughput, memory, readBack, stalledClient];

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    json: { type: "string" },
    markdown: { type: "boolean", default: false },
  },
});
const unknown = options.only.find((name) => !FIGURES.some((figure) => figure.name === name));
if (unknown !== undefined) {
  console.error(`bench: no figure is called ${unknown}; there are ${FIGURES.map((figure) => figure.name).join(", ")}`);
  process.exit(2);
}
if (process.platform !== "linux") console.error("bench: memory is read from /proc, so those figures stay empty here");

const load = loadavg()[0] ?? 0;
const build = mkdtempSync("/tmp/bide-bench-build-");
let world: World | undefined;
let broken = false;
// Ctrl-C too leaves nothing behind.
process.on("SIGINT", () => end(130));
process.on("SIGTERM", () => end(143));

const rows: Row[] = [];
let versions: string[] = [];
try {
  say("building");
  const runtime = await buildExecutables(build);
  for (const figure of FIGURES) {
    if (options.only.length > 0 && !options.only.includes(figure.name)) continue;
    say(`${figure.name}: ${figure.about}`);
    world = new World(runtime);
    versions = world.contenders.map((tool) => tool.version);
    const measured = await measure(figure, runtime, world);
    rows.push(...measured);
    world.end();
    world = undefined;
    console.log(`${asText(measured)}\n`);
  }
} finally {
  cleanUp();
}

const machine = describeMachine(versions, load);
if (options.json !== undefined) await Bun.write(options.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
console.log(options.markdown ? asMarkdown(machine, rows) : `${machineLine(machine)}\n${asText(rows)}`);
process.exit(broken ? 1 : 0);

/** A figure that breaks says why, and the others are still measured. */
async function measure(figure: Figure, runtime: Runtime, world: World): Promise<Row[]> {
  try {
    return await figure.measure({ runtime, world, quick: options.quick, say });
  } catch (error) {
    say(`${figure.name} could not be measured: ${error instanceof Error ? error.message : error}`);
    broken = true;
    return [];
  }
}

function say(line: string): void {
  console.error(`bench: ${line}`);
}

function cleanUp(): void {
  world?.end();
  rmSync(build, { recursive: true, force: true });
}

function end(code: number): void {
  cleanUp();
  process.exit(code);
}
