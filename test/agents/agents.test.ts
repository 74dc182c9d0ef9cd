// `agent`, its shortcuts and `agents`, with stand-ins for the agents on PATH: which program runs, where, with which
// words, under which name, and how it ends.

import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN_PROFILES } from "../../src/agents/profiles.ts";
import { amount } from "../support/amounts.ts";
import { type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

const shared = sharedSandbox();

/** Prints its words, its directory and what it was told, then ends when its standard input says so. */
const STAND_IN = `#!/bin/sh
printf '<%s>' "$0" "$@"; echo
echo "in $PWD as $BIDE_AGENT"
read -r code
exit "$code"
`;

function install(box: Sandbox, ...names: string[]): { PATH: string; bin: string } {
  const bin = join(box.root, "bin");
  mkdirSync(bin, { recursive: true });
  for (const name of names) {
    writeFileSync(join(bin, name), STAND_IN);
    chmodSync(join(bin, name), 0o755);
  }
  return { PATH: `${bin}:${box.env.PATH}`, bin };
}

/** All are started alike. */
const TRIED = BUILT_IN_PROFILES.slice(0, amount(6, BUILT_IN_PROFILES.length));
const AT_ONCE = amount(5, 8);

test(`${TRIED.length} built-in profiles by their shortcuts, each program runs from the caller's PATH with the words it was given`, async () => {
  await using box = shared();
  const { PATH, bin } = install(box, ...BUILT_IN_PROFILES.map(({ binary }) => binary));
  expect(BUILT_IN_PROFILES).toHaveLength(17);
  for (const { name, binary } of TRIED) {
    const { session } = await box.json([name, "--detach", "--", "-p", "two words"], { env: { PATH } });
    expect(session).toMatchObject({ name, role: "agent", labels: { agent: name } });
    const shown = await box.printed(name, `as ${name}`);
    expect(shown).toContain(`<${join(bin, binary)}><-p><two words>`);
  }
});

test("flags that are not bide's, passed on without dashes between", async () => {
  await using box = shared();
  const { PATH, bin } = install(box, "codex");
  await box.ok(["codex", "--detach", "-c", "model=x", "--name", "theirs", "--", "-h"], { env: { PATH } });
  expect(await box.printed("codex", "as codex")).toContain(
    `<${join(bin, "codex")}><-c><model=x><--name><theirs><--><-h>`,
  );
});

test("a name that is taken, the next number when it was made up, 4 when it was given", async () => {
  await using box = shared();
  const { PATH } = install(box, "claude");
  const names: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    names.push((await box.ok(["claude", "--detach"], { env: { PATH } })).split("\t")[0] ?? "");
  }
  expect(names).toEqual(["claude", "claude-2", "claude-3"]);
  const taken = await box.run(["claude", "--detach", "--name", "claude-2"], { env: { PATH } });
  expect(taken.code).toBe(4);
  expect(taken.stderr).toContain("claude-2");
});

test("many agents at once, each gets a name of its own", async () => {
  await using box = shared();
  const { PATH } = install(box, "amp");
  const lines = await Promise.all(
    Array.from({ length: AT_ONCE }, () => box.ok(["amp", "--detach"], { env: { PATH } })),
  );
  const names = lines.map((line) => line.split("\t")[0]).sort();
  expect(names).toEqual(Array.from({ length: AT_ONCE }, (_, at) => (at === 0 ? "amp" : `amp-${at + 1}`)).sort());
});

test("--name and --cwd, the session has the name and the agent stands in the directory", async () => {
  await using box = sandbox();
  const { PATH } = install(box, "aider");
  const cwd = join(box.root, "a project");
  mkdirSync(cwd);
  await box.ok(["agent", "aider", "--cwd", "a project", "--name", "mine", "--detach"], {
    env: { PATH },
    cwd: box.root,
  });
  expect(await box.printed("mine", "as aider")).toContain(`in ${cwd} as aider`);
});

test("attached, ends with the code of the agent", async () => {
  await using box = shared();
  const { PATH } = install(box, "goose");
  const attached = box.spawn(["goose"], { env: { PATH } });
  await attached.says("as goose");
  await attached.type("9\n");
  expect((await attached.finished).code).toBe(9);
});

test("an agent that is not installed, 127 and nothing was started", async () => {
  await using box = sandbox();
  const { code, stderr } = await box.run(["kiro", "--detach", "--json"]);
  expect(code).toBe(127);
  expect(JSON.parse(stderr).error).toMatchObject({ code: "program_not_found" });
  expect(stderr).toContain("kiro-cli");
  expect((await box.json(["list", "--all"])).sessions).toEqual([]);
});

test("any command on PATH by its bare name, runs as a custom agent; a path is refused with 2", async () => {
  await using box = shared();
  const { PATH, bin } = install(box, "my.agent");
  expect((await box.json(["agent", "my.agent", "--detach"], { env: { PATH } })).session.name).toBe("my.agent");
  const refused = await box.run(["agent", join(bin, "my.agent"), "--detach"], { env: { PATH } });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("bide start");
});

test("--agent-config, its profiles start their binary under their session name and unknown ones are refused", async () => {
  await using box = sandbox();
  const { PATH, bin } = install(box, "codex");
  const file = join(box.root, "agents.json");
  writeFileSync(file, JSON.stringify({ profiles: [{ name: "review", binary: "codex", session_base: "repo-review" }] }));
  const { session } = await box.json(["agent", "review", "--agent-config", file, "--detach"], { env: { PATH } });
  expect(session.name).toBe("repo-review");
  expect(await box.printed("repo-review", "as review")).toContain(join(bin, "codex"));
  const unknown = await box.run(["agent", "codex-2", "--agent-config", file, "--detach"], { env: { PATH } });
  expect(unknown.code).toBe(2);
  const rows = (await box.json(["agents", "review", "kiro", "--agent-config", file], { env: { PATH } })).agents;
  expect(rows).toEqual([
    {
      profile: "review",
      kind: "configured",
      binary: "codex",
      session_base: "repo-review",
      status_default: true,
      available: true,
      path: join(bin, "codex"),
    },
    {
      profile: "kiro",
      kind: "built-in",
      binary: "kiro-cli",
      session_base: "kiro",
      status_default: false,
      available: false,
      path: null,
    },
  ]);
});

const BAD_CONFIGS: Readonly<Record<string, readonly [text: string, says: string]>> = {
  "no JSON": ["{", "JSON"],
  "an unknown key": ['{"profiles":[{"name":"a","args":[]}]}', "args"],
  "an unknown key above": ['{"profiles":[],"version":1}', "version"],
  "a name that is built in": ['{"profiles":[{"name":"claude"}]}', "built in"],
  "a name twice": ['{"profiles":[{"name":"a"},{"name":"a"}]}', "twice"],
  "a binary with a path": ['{"profiles":[{"name":"a","binary":"/bin/sh"}]}', "profiles.0.binary"],
  "a status that is null": ['{"profiles":[{"name":"a","status_default":null}]}', "profiles.0.status_default"],
  "a session name that none may have": ['{"profiles":[{"name":"a","session_base":"%1"}]}', "session_base"],
};

for (const [what, [text, says]] of Object.entries(BAD_CONFIGS)) {
  test(`--agent-config with ${what}, 78 and the message says where`, async () => {
    await using box = sandbox();
    const file = join(box.root, "agents.json");
    writeFileSync(file, text);
    const { code, stderr } = await box.run(["agents", "--agent-config", file]);
    expect(code).toBe(78);
    expect(stderr).toContain(file);
    expect(stderr).toContain(says);
  });
}

test("flags that exclude each other, 2", async () => {
  await using box = shared();
  for (const flags of [["--detach", "--status"], ["--detach", "--no-status"], ["--json"]]) {
    expect((await box.run(["claude", ...flags])).code).toBe(2);
  }
});

test("bide agents, no host is started", async () => {
  await using box = sandbox();
  expect(await box.ok(["agents"])).toContain("cursor-agent");
  expect((await box.run(["host", "status"])).code).toBe(69);
});
