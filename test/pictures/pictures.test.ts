// Pictures of a session's screen, while its program runs and after it: what the pixels are, where the bytes go.

import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CELL, MARGIN, THEME } from "../../src/terminal/picture/theme.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";
import { decodePng, type Pixels } from "./decode-png.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

const SCALE = 2;
const [ROWS, COLS] = [5, 30];
const hex = (rgb: number | undefined) => `#${(rgb ?? 0).toString(16).padStart(6, "0")}`;
const BACKGROUND = hex(THEME.background);
const RED = hex(THEME.basic[1]);

// A red cell, a wide character on green, one on the default background and a full block after it; the cursor hidden.
// No String.raw: with it, Bun 1.4.5 gives a program \u6F22 instead of the character.
const PROGRAM =
  "stty -echo; printf '\\033[?25l\\033[41m \\033[42m漢\\033[m字█\\033[3;1H\\033[48;2;1;2;3m  \\033[m<b>&\\033[5;1Hready'; " +
  "read line; printf '\\033[2;1Hchanged'; read line";

async function started(box: Sandbox): Promise<void> {
  await box.start("x", ["sh", "-c", PROGRAM], ["--size", `${COLS}x${ROWS}`]);
  await box.printed("x", "ready");
}

async function picture(box: Sandbox, ...flags: string[]): Promise<Buffer> {
  const file = join(box.root, "picture");
  expect(await box.ok([...flags, "-o", file])).toBe("");
  return readFileSync(file);
}

/** The colours of the corners of a cell, where no glyph is. */
function corners(pixels: Pixels, row: number, col: number): string[] {
  const left = (MARGIN + col * CELL.width) * SCALE;
  const top = (MARGIN + row * CELL.height) * SCALE;
  const [right, bottom] = [left + CELL.width * SCALE - 1, top + CELL.height * SCALE - 1];
  return [pixels.at(left, top), pixels.at(right, top), pixels.at(left, bottom), pixels.at(right, bottom)];
}

test("a PNG of a live and of an ended session, every cell in its place and its colour", async () => {
  await using box = shared();
  await started(box);
  for (const ended of [false, true]) {
    if (ended) await box.kill("x");
    const pixels = decodePng(await picture(box, "screen", "x", "--png"));
    expect([pixels.width, pixels.height]).toEqual([
      (COLS * CELL.width + 2 * MARGIN) * SCALE,
      (ROWS * CELL.height + 2 * MARGIN) * SCALE,
    ]);
    const all = (colour: string) => Array(4).fill(colour);
    const green = hex(THEME.basic[2]);
    expect(corners(pixels, 0, 0)).toEqual(all(RED));
    expect(corners(pixels, 0, 1)).toEqual(all(green));
    expect(corners(pixels, 0, 2)).toEqual(all(green));
    expect(corners(pixels, 0, 3)).toEqual(all(BACKGROUND));
    expect(corners(pixels, 0, 5)).toEqual(all(hex(THEME.foreground)));
    expect(corners(pixels, 0, 6)).toEqual(all(BACKGROUND));
    expect(corners(pixels, 2, 1)).toEqual(all("#010203"));
    expect(corners(pixels, 2, 2)).toEqual(all(BACKGROUND));
  }
});

test("a PNG to a pipe, bytes and nothing else; to a terminal, refused with a hint before anything is asked", async () => {
  await using box = shared();
  await started(box);
  const piped = Bun.spawnSync([BIDE, "screen", "x", "--png"], { env: box.env });
  expect(piped.exitCode).toBe(0);
  expect(decodePng(piped.stdout).width).toBeGreaterThan(0);
  // A session is the terminal.
  await box.start("y", ["sh", "-c", '"$0" screen x --png; echo "code $?"; read line', BIDE]);
  const said = await box.printed("y", "code 2");
  expect(said).toContain("standard output is a terminal");
  expect(said).toContain("-o FILE");
  expect(said).not.toContain("IHDR");
});

test("SVG and HTML of a live and of an ended session, the same, and nothing of the program's in their markup", async () => {
  await using box = shared();
  await started(box);
  const live = [await box.ok(["screen", "x", "--svg"]), await box.ok(["screen", "x", "--html"])];
  await box.kill("x");
  expect([await box.ok(["screen", "x", "--svg"]), await box.ok(["screen", "x", "--html"])]).toEqual(live);
  const [svg = "", html = ""] = live;
  expect(svg).toStartWith("<svg ");
  expect(svg).toContain("&lt;b&gt;&amp;</text>");
  expect(html).toStartWith("<!DOCTYPE html>");
  expect(html).toContain('<span class="c2">  </span>&lt;b&gt;&amp;</div>');
  expect((await picture(box, "screen", "x", "--svg")).toString()).toBe(svg);
});

test("a history longer than the screen, every line in the picture, wrapped and coloured as it was", async () => {
  await using box = shared();
  const program = "seq 1 400; printf '\\033[31m%045d\\033[m漢\\r\\nready' 7; read line";
  await box.start("x", ["sh", "-c", program], ["--size", "30x5"]);
  await box.printed("x", "ready");
  for (const ended of [false, true]) {
    if (ended) await box.kill("x");
    const rows = [...(await box.ok(["history", "x", "--html"])).matchAll(/^<div>(.*)<\/div>$/gm)].map(([, row]) => row);
    expect(rows.slice(0, 2)).toEqual(["1", "2"]);
    expect(rows.slice(399)).toEqual([
      "400",
      `<span class="c0">${"0".repeat(30)}</span>`,
      `<span class="c0">${"0".repeat(14)}7</span><span class="w2">漢</span>`,
      "ready",
    ]);
    const svg = await box.ok(["history", "x", "--svg", "--lines", "2"]);
    expect(svg).toContain(`height="${3 * CELL.height + 2 * MARGIN}"`);
  }
});

test("two forms at once, -o without a picture or a file that cannot be written, errors that say so", async () => {
  await using box = sandbox();
  await started(box);
  const fails = async (...args: string[]) => {
    const { code, stdout, stderr } = await box.run(args);
    expect(stdout).toBe("");
    return [code, stderr.split("\n")[0]];
  };
  expect(await fails("screen", "x", "--svg", "--json")).toEqual([
    2,
    '{"error":{"code":"usage","message":"--json and --svg exclude each other","hint":null}}',
  ]);
  expect(await fails("screen", "x", "--png", "--html")).toEqual([2, "bide: --html and --png exclude each other"]);
  expect(await fails("history", "x", "--html", "--ansi")).toEqual([2, "bide: --ansi and --html exclude each other"]);
  expect(await fails("screen", "x", "-o", "f")).toEqual([2, "bide: --output goes with a picture"]);
  expect(await fails("screen", "x", "--diff", "123")).toEqual([2, expect.stringContaining("--diff takes a hash")]);
  const file = join(box.root, "none/picture");
  expect(await fails("screen", "x", "--svg", "-o", file)).toEqual([1, expect.stringContaining(file)]);
  expect(existsSync(join(box.root, "f"))).toBe(false);
});

test("what changed since a look, rows with their numbers; nothing changed, none; an unknown hash, the whole screen", async () => {
  await using box = shared();
  await started(box);
  const { session_id, hash: from } = await box.json(["screen", "x"]);
  expect(await box.json(["screen", "x", "--diff", from])).toMatchObject({
    schema_version: 1,
    session_id,
    from,
    hash: from,
    changed: false,
    complete: false,
    rows: [],
  });
  expect(await box.ok(["screen", "x", "--diff", from])).toBe("");
  await box.type("x", "\r");
  await box.printed("x", "changed");
  expect(await box.ok(["screen", "x", "--diff", from])).toBe("1\tchanged\n");
  const changes = await box.json(["screen", "x", "--diff", from]);
  expect(changes).toMatchObject({
    from,
    changed: true,
    complete: false,
    rows: [{ row: 1, text: "changed", runs: [] }],
  });
  expect(changes.rows).toHaveLength(1);
  const unknown = "0123456789abcdef";
  const whole = await box.json(["screen", "x", "--diff", unknown]);
  expect(whole).toMatchObject({ from: unknown, hash: changes.hash, changed: true, complete: true });
  expect(whole.rows).toHaveLength(ROWS);
  // The files of an ended session remember no screen but the last.
  await box.kill("x");
  expect(await box.json(["screen", "x", "--diff", changes.hash])).toMatchObject({ changed: false, rows: [] });
  expect((await box.json(["screen", "x", "--diff", from])).complete).toBe(true);
});
