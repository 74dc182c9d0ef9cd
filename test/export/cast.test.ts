// `bide export --cast`: a recording has every byte and every size of a session, with its timing, and asciinema plays it.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** Prints before and after a line that is typed; the second part at another size. */
const PROGRAM = "stty -echo; printf 'one é\\n\\033[31m'; read line; printf 'two\\033[m 漢 \\377'; read line; exit 3";

async function recorded(box: Sandbox): Promise<void> {
  await box.start("c", ["sh", "-c", PROGRAM], ["--size", "80x24"]);
  await box.printed("c", "one");
  await box.ok(["resize", "c", "100x30"]);
  await box.type("c", "\r");
  await box.printed("c", "two");
}

// biome-ignore lint/suspicious/noExplicitAny: lines of a recording are of several shapes.
async function castOf(box: Sandbox, version: string): Promise<any[]> {
  const text = await box.ok(["export", "c", "--cast", "--cast-version", version]);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("version 3, header, sizes between the output around them, growing times, the program's code", async () => {
  await using box = shared();
  await recorded(box);
  await box.type("c", "\r");
  const exited = await box.event("c", ({ event }) => event === "exited");
  const started = await box.event("c", ({ event }) => event === "started");
  const [header, ...events] = await castOf(box, "3");
  const timestamp = Math.floor(Date.parse(started.time) / 1000);
  expect(header).toEqual({ version: 3, term: { cols: 80, rows: 24 }, timestamp, title: "c" });
  const texts = events.filter(([, code]) => code === "o").map(([, , text]) => text);
  expect(texts.join("")).toBe("one é\r\n\x1b[31mtwo\x1b[m 漢 \ufffd");
  expect(events.find(([, code]) => code === "r")?.[2]).toBe("100x30");
  const kinds = events.map(([, code]) => code).filter((code, index, all) => code !== all[index - 1]);
  expect(kinds).toEqual(["o", "r", "o", "x"]);
  expect(events.at(-1)?.slice(1)).toEqual(["x", "3"]);
  for (const [interval] of events) expect(interval).toBeGreaterThanOrEqual(0);
  const seconds = events.reduce((sum, [interval]) => sum + interval, 0);
  expect(seconds).toBeCloseTo((Date.parse(exited.time) - Date.parse(started.time)) / 1000, 3);
});

test("version 2, times from the beginning; the same of a live, an ended and an archived session", async () => {
  await using box = sandbox();
  await recorded(box);
  const live = await castOf(box, "2");
  expect(live[0]).toMatchObject({ version: 2, width: 80, height: 24 });
  expect(live.slice(1).map(([, code]) => code)).toContain("r");
  const times = live.slice(1).map(([time]) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  await box.kill("c");
  expect(await castOf(box, "2")).toEqual([
    ...live.slice(0, -1),
    [live.at(-1)?.[0], "o", expect.stringContaining("two")],
  ]);
  const ended = await castOf(box, "2");
  await box.ok(["delete", "c"]);
  expect(await castOf(box, "2")).toEqual(ended);
});

test("30,000 lines at once, every one of them in the recording", async () => {
  await using box = shared();
  await box.start("c", ["seq", "1", "30000"]);
  await box.event("c", ({ event }) => event === "exited");
  const [, ...events] = await castOf(box, "3");
  const text = events.filter(([, code]) => code === "o").map(([, , data]) => data);
  expect(text.join("")).toBe(Array.from({ length: 30_000 }, (_, index) => `${index + 1}\r\n`).join(""));
});

test("an asciinema that plays only version 2, or none at all, decides about the version", async () => {
  await using box = sandbox();
  await recorded(box);
  const player = join(box.root, "player");
  mkdirSync(player);
  const versionWith = async (path: string) => {
    const cast = await box.ok(["export", "c", "--cast"], { env: { PATH: path } });
    return JSON.parse(cast.split("\n")[0] ?? "").version;
  };
  const program = join(player, "asciinema");
  for (const [says, version] of [
    ["asciinema 2.4.0", 2],
    ["asciinema 3.0.1", 3],
    ["something", 3],
  ] as const) {
    writeFileSync(program, `#!/bin/sh\necho ${says}\n`, { mode: 0o755 });
    expect(await versionWith(`${player}:${process.env.PATH}`)).toBe(version);
  }
  // A PATH that has what bin/bide needs, and no player.
  for (const name of ["uname", "dirname", "readlink", "sh", "env"])
    symlinkSync(Bun.which(name) ?? "", join(player, name));
  rmSync(program);
  expect(await versionWith(player)).toBe(3);
});

test("a file by its name, and one that cannot be written", async () => {
  await using box = sandbox();
  await recorded(box);
  const file = join(box.root, "c.cast");
  const { format } = await box.json(["export", "c", "-o", file, "--cast-version", "3"]);
  expect(format).toBe("cast");
  expect(readFileSync(file, "utf8").split("\n")[0]).toContain('"version":3');
  const failed = await box.run(["export", "c", "--cast", "-o", join(box.root, "missing/c.cast")]);
  expect(failed).toMatchObject({ code: 1, stdout: "" });
  expect(failed.stderr).toContain("its directory does not exist");
  const full = await box.run(["export", "c", "--cast", "-o", "/dev/full"]);
  expect(full).toMatchObject({ code: 1 });
  expect(full.stderr).toContain("no space is left");
});

needs("asciinema", "script")("asciinema, plays a recording with the same text", async () => {
  await using box = sandbox();
  await recorded(box);
  const file = join(box.root, "c.cast");
  await box.ok(["export", "c", "--cast", "-o", file]);
  for (const verb of ["cat", "play -i 0.1"]) {
    const played = Bun.spawnSync(["script", "-qec", `asciinema ${verb} ${file}`, "/dev/null"], { env: box.env });
    expect(played.exitCode).toBe(0);
    // The terminal of `script` may add a return before each line feed.
    expect(played.stdout.toString().replaceAll("\r\r", "\r")).toContain("one é\r\n\x1b[31mtwo\x1b[m 漢");
  }
});
