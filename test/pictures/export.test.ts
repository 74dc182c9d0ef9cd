// `bide export` and `history --png`: the whole scrollback as a file, of live, ended and archived sessions; a file that
// is there with all its bytes or as it was.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CELL, MARGIN, THEME } from "../../src/terminal/picture/theme.ts";
import { amount } from "../support/amounts.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";
import { decodePng } from "./decode-png.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const LINES = amount(1200, 3000);
const PROGRAM = `seq 1 ${LINES}; printf '\\033[41m漢\\033[m\\r\\nready'; read line`;

async function started(box: Sandbox): Promise<void> {
  await box.start("x", ["sh", "-c", PROGRAM], ["--size", "30x5"]);
  await box.printed("x", "ready");
}

test("text, page and picture of a live, an ended and an archived session, the whole scrollback and the same each time", async () => {
  await using box = sandbox();
  await started(box);
  const forms = ["--text", "--html", "--svg"];
  const exported = () => Promise.all(forms.map((form) => box.ok(["export", "x", form])));
  const live = await exported();
  const [text = "", html = "", svg = ""] = live;
  const numbers = Array.from({ length: LINES }, (_, index) => String(index + 1));
  expect(text.split("\n")).toEqual([...numbers, "漢", "ready", ""]);
  expect([...html.matchAll(/^<div>(.*)<\/div>$/gm)]).toHaveLength(LINES + 2);
  expect(svg).toContain(`height="${(LINES + 2) * CELL.height + 2 * MARGIN}"`);
  await box.kill("x");
  expect(await exported()).toEqual(live);
  await box.ok(["delete", "x"]);
  expect(await exported()).toEqual(live);
});

test("-o, the form by the name of the file, the old file replaced with its permissions, a link left where it is", async () => {
  await using box = sandbox();
  await started(box);
  const file = join(box.root, "x.svg");
  const link = join(box.root, "link.svg");
  writeFileSync(file, "old", { mode: 0o640 });
  symlinkSync("x.svg", link);
  const { bytes, ...rest } = await box.json(["export", "x", "-o", link]);
  const { session_id } = await box.session("x");
  expect(rest).toEqual({ schema_version: 1, session_id, format: "svg", path: link });
  expect(readFileSync(file, "utf8")).toBe(await box.ok(["export", "x", "--svg", "-o", "-"]));
  expect([bytes, statSync(file).mode & 0o777, readlinkSync(link)]).toEqual([statSync(file).size, 0o640, "x.svg"]);
  // What is no file is written to.
  await box.ok(["export", "x", "--text", "-o", "/dev/null"]);
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  const text = await box.ok(["export", "x", "--text"]);
  const piped = Bun.spawnSync(["bash", "-c", '"$0" export x --text -o /dev/stdout | cat', BIDE], {
    cwd: box.root,
    env: box.env,
  });
  expect(piped.stdout.toString()).toBe(text);
});

test("a path that cannot be written, no session and no form, each told; the files stay as they were", async () => {
  await using box = sandbox();
  await started(box);
  const old = join(box.root, "old.html");
  writeFileSync(old, "old");
  const directory = join(box.root, "directory");
  mkdirSync(directory);
  const fails = async (...args: string[]) => {
    const { code, stdout, stderr } = await box.run(["export", ...args]);
    expect(stdout).toBe("");
    return [code, stderr.split("\n")[0]];
  };
  const missing = join(box.root, "none/x.html");
  expect(await fails("x", "-o", missing)).toEqual([1, `bide: cannot write ${missing}: its directory does not exist`]);
  expect(await fails("x", "--svg", "-o", directory)).toEqual([1, `bide: cannot write ${directory}: it is a directory`]);
  expect(await fails("x", "--text", "-o", join(old, "x"))).toEqual([1, expect.stringContaining("is not a directory")]);
  expect(await fails("nobody", "-o", old)).toEqual([3, expect.stringContaining("nobody")]);
  expect(await fails("x")).toEqual([2, "bide: which form?"]);
  expect(await fails("x", "-o", join(box.root, "x.doc"))).toEqual([2, "bide: which form?"]);
  expect(await fails("x", "--svg", "--html")).toEqual([2, "bide: --html and --svg exclude each other"]);
  expect((await fails("x", "--svg", "--json"))[0]).toBe(2);
  expect(readFileSync(old, "utf8")).toBe("old");
  expect(readdirSync(box.root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a PNG of a history, every row in it; of a very long one, the last rows at a size that can be read", async () => {
  await using box = sandbox();
  await started(box);
  const file = join(box.root, "x.png");
  await box.ok(["history", "x", "--png", "--lines", "10", "-o", file]);
  const few = decodePng(readFileSync(file));
  expect(few.height).toBe(2 * (10 * CELL.height + 2 * MARGIN));
  const red = `#${(THEME.basic[1] ?? 0).toString(16)}`;
  expect(few.at(2 * MARGIN, 2 * (MARGIN + 8 * CELL.height))).toBe(red);
  const long = "awk 'BEGIN { for (n = 1; n <= 4000; n++) print n }'; printf ready; read line";
  // Wide, so that few rows are as many points as a picture may have.
  await box.start("y", ["sh", "-c", long], ["--size", "300x5"]);
  await box.printed("y", "ready");
  const { stderr } = await box.run(["history", "y", "--png", "-o", file]);
  const many = decodePng(readFileSync(file));
  expect(many.width).toBeGreaterThanOrEqual(300 * CELL.width + 2 * MARGIN);
  const rows = Number(/the last (\d+) of 4001 rows/.exec(stderr)?.[1]);
  expect(many.height).toBeGreaterThanOrEqual(rows * CELL.height + 2 * MARGIN);
});
