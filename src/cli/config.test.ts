import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { BideError } from "../base/errors.ts";
import { configPath, DEFAULTS, readConfiguration } from "./config.ts";

async function withFile(text: string | undefined, run: (env: Record<string, string>) => Promise<void>) {
  const home = mkdtempSync(join(tmpdir(), "bide-config-"));
  try {
    mkdirSync(join(home, ".config/bide"), { recursive: true });
    if (text !== undefined) writeFileSync(join(home, ".config/bide/config.toml"), text);
    await run({ HOME: home });
  } finally {
    rmSync(home, { recursive: true });
  }
}

test("no file, the defaults", async () => {
  await withFile(undefined, async (env) => expect(await readConfiguration(env)).toEqual(DEFAULTS));
});

test("some keys set, the others stay at their defaults", async () => {
  await withFile('[attach]\nscrollback = 5\ndetach_key = "ctrl-]"\n', async (env) => {
    expect((await readConfiguration(env)).attach).toEqual({ ...DEFAULTS.attach, scrollback: 5, detach_key: "ctrl-]" });
  });
});

test("an unknown key, a wrong type, a number out of range or no TOML, bad_config with the place", async () => {
  const mistakes: [string, RegExp][] = [
    ["[attach]\nscrollbak = 5\n", /attach\.scrollbak: there is no such key/],
    ['[attach]\ndetach_key = "foo"\n', /attach\.detach_key: expected a key such as .*, got "foo"/],
    ['[attach]\nscrollback = "5"\n', /attach\.scrollback: expected number/],
    ["[attach]\nscrollback = -1\n", /attach\.scrollback/],
    ["# ok\n[attach\n", /config\.toml:2:8: Invalid TOML/],
  ];
  for (const [text, place] of mistakes) {
    await withFile(text, async (env) => {
      const error = await readConfiguration(env).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(BideError);
      expect(error).toMatchObject({ code: "bad_config", exitCode: 78, message: expect.stringMatching(place) });
    });
  }
});

test("a directory in the place of the file, bad_config with its path", async () => {
  await withFile(undefined, async (env) => {
    const path = configPath(env);
    mkdirSync(path);
    const error = await readConfiguration(env).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "bad_config", message: `${path}: cannot read it: it is a directory` });
  });
});

test("XDG_CONFIG_HOME, used when absolute and ignored when relative", () => {
  expect(configPath({ HOME: "/h", XDG_CONFIG_HOME: "/x" })).toBe("/x/bide/config.toml");
  expect(configPath({ HOME: "/h", XDG_CONFIG_HOME: "x" })).toBe("/h/.config/bide/config.toml");
});

test("HOME not set, empty or relative, the home of the user database", () => {
  for (const env of [{}, { HOME: "" }, { HOME: "h" }]) {
    expect(configPath(env)).toBe(`${userInfo().homedir}/.config/bide/config.toml`);
  }
});
