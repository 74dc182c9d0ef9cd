// Fault S4: names that would be paths, flags, panes, ids or tricks. One validator stands in front of every way in, and
// nothing is on the disk afterwards.

import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../../src/client/index.ts";
import { sandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const BAD = [
  "",
  ".",
  "..",
  "../x",
  "a/b",
  "/etc/passwd",
  "-rf",
  "--json",
  "%0",
  "%x",
  "123",
  "a b",
  "a\nb",
  "a\0b",
  "a\tb",
  "\x1b[31mred",
  "\u009bred",
  "abc\u202edef",
  "\u200bx",
  "caf\u00e9",
  "x".repeat(129),
  "x".repeat(300),
  "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
  "*",
  "a*",
  "$(id)",
  "`id`",
  "a;b",
  "a'b",
  'a"b',
  "__proto__\0",
];
const GOOD = ["a", "A.b_c-9", "_", "x".repeat(128), "1a", "__proto__", "constructor", "...", "a..b"];

test("bad names, refused by start, rename and a prefix through the protocol, and nothing is left", async () => {
  await using box = sandbox();
  await box.start("good", ["cat"]);
  const bide = await connect({ env: box.env, startHost: false });
  const spec = { argv: ["cat"], env: {}, cwd: "/", umask: 0o022, rows: 24, cols: 80 };
  const ways = [
    (name: string) => bide.request("session.start", { ...spec, name }),
    (name: string) => bide.request("session.rename", { selector: { text: "good" }, name }),
  ];
  for (const name of BAD) {
    for (const way of ways) {
      const failure = await way(name).then(
        () => "accepted",
        (error) => `${error.code} ${error.message}`,
      );
      expect([name, failure]).toEqual([name, expect.stringMatching(/^bad_name .*$/)]);
    }
  }
  for (const name_prefix of ["../", "\x1b[31m", "a b", "-"]) {
    const failure = await bide.request("session.start", { ...spec, name: "x", name_prefix }).catch((error) => error);
    expect(failure.code).toBe("bad_name");
  }
  for (const name of GOOD) {
    await bide.request("session.start", { ...spec, name });
    expect((await bide.request("session.resolve", { selector: { text: name } })).session.name).toBe(name);
  }
  bide.close();
  expect(await box.ok(["list", "--short"])).toBe(`good\n${GOOD.map((name) => `${name}\n`).join("")}`);
  expect(readdirSync(join(box.stateDir, "sessions"))).toHaveLength(1 + GOOD.length);
  expect(readdirSync(box.stateDir).sort()).toEqual(["archive", "host.json", "host.lock", "sessions", "views"]);
});

test("bad names on the command line, exit code 2 and nothing but printable text said about them", async () => {
  await using box = sandbox();
  await box.start("good", ["cat"]);
  for (const name of ["../x", "-rf", "%0", "a\nb", "\x1b[31mred", "abc\u202edef", "x".repeat(300)]) {
    for (const args of [
      ["start", `--name=${name}`, "--", "cat"],
      ["rename", "good", "--", name],
    ]) {
      const { code, stdout, stderr } = await box.run(args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toMatch(/^[\n\x20-\x7e]+$/);
    }
  }
  expect(await box.ok(["list", "--all", "--short"])).toBe("good\n");
});
