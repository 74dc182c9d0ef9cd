// `install-shim`, `env`, `init` and `--tmux`: who finds which tmux, in which shell, and what stays untouched.

import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox } from "../support/sandbox.ts";

function shimOf(box: Sandbox): string {
  return join(box.stateDir, "shim");
}

/** What a shell of the sandbox prints for a script. */
async function shell(box: Sandbox, argv: readonly string[]): Promise<string> {
  const child = Bun.spawn([...argv], { env: { ...box.env, BIDE }, cwd: box.home, stdout: "pipe", stderr: "inherit" });
  const text = await new Response(child.stdout).text();
  await child.exited;
  return text.trim();
}

test("install-shim, a private directory with a program called tmux that runs bide's", async () => {
  await using box = sandbox();
  const directory = (await box.ok(["install-shim"])).trim();
  expect(directory).toBe(shimOf(box));
  expect(readdirSync(directory).sort()).toEqual(["bash-env.sh", "env.sh", "tmux"]);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, "tmux")).mode & 0o777).toBe(0o700);
  expect(await shell(box, [join(directory, "tmux"), "-V"])).toBe("tmux 3.4");
  expect(await box.json(["install-shim"])).toMatchObject({ directory, written: false });
});

test("a shim that was changed or made unusable, written again", async () => {
  await using box = sandbox();
  await box.ok(["install-shim"]);
  const path = join(shimOf(box), "tmux");
  writeFileSync(path, "#!/bin/sh\necho somebody else\n");
  expect((await box.json(["install-shim"])).written).toBe(true);
  chmodSync(path, 0o600);
  expect((await box.json(["install-shim"])).written).toBe(true);
  expect(await shell(box, [path, "-V"])).toBe("tmux 3.4");
});

test("a shim directory that is open to others, refused with 78", async () => {
  await using box = sandbox();
  await box.ok(["install-shim"]);
  chmodSync(shimOf(box), 0o755);
  const { code, stderr } = await box.run(["install-shim"]);
  expect(code).toBe(78);
  expect(stderr).toContain(shimOf(box));
});

test("a state directory that is open to others, nobody is sent to a shim in it: 78", async () => {
  await using box = sandbox();
  const directory = join(box.root, "open");
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  for (const verb of ["install-shim", "env"]) {
    const { code, stdout, stderr } = await box.run([verb], { env: { BIDE_STATE_DIR: directory } });
    expect([verb, code, stdout]).toEqual([verb, 78, ""]);
    expect(stderr).toContain(`${directory}: expected a directory of ours with mode 0700, got mode 0777`);
  }
  expect(readdirSync(directory)).toEqual([]);
});

const ASK = 'echo "$TMUX|$TMUX_PANE|$(command -v tmux)"';

for (const name of ["sh", "bash", "zsh"]) {
  needs(name)(`env in ${name}, tmux is the shim and TMUX has its three fields`, async () => {
    await using box = sandbox();
    const flags = name === "sh" ? "posix" : name;
    const said = await shell(box, [name, "-c", `eval "$("$BIDE" env --shell ${flags})"; ${ASK}`]);
    expect(said).toMatch(/^\/[^,]+,\d+,\d+\|%0\|/);
    expect(said.endsWith(`|${join(shimOf(box), "tmux")}`)).toBe(true);
    // Nothing was started for it.
    expect((await box.run(["host", "status"])).code).toBe(69);
  });
}

needs("fish")("env in fish, tmux is the shim, and a second time changes nothing", async () => {
  await using box = sandbox();
  const twice = '"$BIDE" env --shell fish | source; '.repeat(2);
  const said = await shell(box, ["fish", "-c", `${twice}echo "$TMUX|$TMUX_PANE|"(command -v tmux); count $PATH`]);
  const once = await shell(box, ["fish", "-c", '"$BIDE" env --shell fish | source; count $PATH']);
  expect(said).toMatch(/^\/[^,]+,\d+,\d+\|%0\|/);
  expect(said.split("\n")).toEqual([expect.stringContaining(join(shimOf(box), "tmux")), once]);
});

test("a state directory with blanks, quotes and dollars, env survives the shell", async () => {
  await using box = sandbox();
  const odd = join(box.root, 'it\'s $HOME "odd" \\ dir');
  mkdirSync(odd, { mode: 0o700 });
  const script = `BIDE_STATE_DIR="$0"; export BIDE_STATE_DIR; eval "$("$BIDE" env --shell posix)"; command -v tmux; tmux -V`;
  expect((await shell(box, ["sh", "-c", script, odd])).split("\n")).toEqual([join(odd, "shim", "tmux"), "tmux 3.4"]);
});

test("init, a preview for the shell that writes nothing", async () => {
  await using box = sandbox();
  // Bun keeps a cache there when the source is run.
  const files = () => readdirSync(box.home).filter((name) => name !== ".bun");
  const before = files();
  for (const [name, line] of [
    ["bash", 'eval "$(bide env --shell bash)"'],
    ["zsh", 'eval "$(bide env --shell zsh)"'],
    ["fish", "bide env --shell fish | source"],
    ["posix", 'eval "$(bide env --shell posix)"'],
  ] as const) {
    const text = await box.ok(["init", "--shell", name]);
    expect(text).toContain(`shell\t${name}\nmodifies_files\tno\n`);
    expect(text).toContain(line);
  }
  expect((await box.json(["init"], { env: { SHELL: "/usr/bin/fish" } })).shell).toBe("fish");
  expect((await box.json(["init"], { env: { SHELL: "/usr/bin/ksh" } })).shell).toBe("posix");
  expect(files()).toEqual(before);
  expect((await box.run(["init", "--shell", "csh"])).code).toBe(2);
});

test("start --tmux, the program finds the shim first on PATH and its own pane in TMUX_PANE", async () => {
  await using box = sandbox();
  await box.start("one", ["cat"]);
  const { pane_id } = await box.start("two", ["sh", "-c", `${ASK}; cat`], ["--tmux"]);
  const said = await box.printed("two", "/tmux");
  expect(said).toContain(`|${pane_id}|${join(shimOf(box), "tmux")}`);
  expect(said).toMatch(new RegExp(`^/[^,]+,${(await box.json(["status"])).host.pid},\\d+\\|`));
});

for (const [name, file, line] of [
  ["bash", ".bashrc", "PATH=/usr/bin:$PATH"],
  ["bash", ".bash_profile", "PATH=/usr/bin:/bin"],
  ["zsh", ".zlogin", "path=(/usr/bin /bin)"],
  ["fish", ".config/fish/config.fish", "set -gx PATH /usr/bin /bin"],
] as const) {
  needs(name)(`a ${name} whose ${file} sets PATH anew, the shim is first all the same`, async () => {
    await using box = sandbox();
    mkdirSync(join(box.home, ".config/fish"), { recursive: true });
    writeFileSync(join(box.home, file), `${line}\n`);
    const login = file === ".bashrc" ? [] : ["-l"];
    await box.start("shell", [name, ...login], ["--tmux"]);
    const { output } = await box.json(["run", "shell", "--", "command -v tmux"]);
    expect(output).toBe(`${join(shimOf(box), "tmux")}\n`);
  });
}

test("a login sh whose .profile sets PATH anew, and bash -lc, the shim is first and the user's own ENV is read", async () => {
  await using box = sandbox();
  writeFileSync(join(box.home, ".profile"), "PATH=/usr/bin:/bin\n");
  writeFileSync(join(box.home, "own"), "OWN=read\n");
  const own = join(box.home, "own");
  await box.ok(["start", "--tmux", "-n", "sh", "--", "sh", "-l"], { env: { ENV: own, BASH_ENV: own } });
  await box.type("sh", 'stty -echo; echo "<$(command -v tmux)|$OWN>"\r');
  const found = join(shimOf(box), "tmux");
  expect(await box.printed("sh", `<${found}|read>`)).toContain(found);
  await box.type("sh", `bash -lc 'set -eu; echo "<bash $(command -v tmux)|$OWN>"'\r`);
  expect(await box.printed("sh", `<bash ${found}|read>`)).toContain(found);
});

test("a pane of bide's tmux that was made without any shim, tmux in it is the shim and knows the pane", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "-L", "other", "new-session", "-d", "-s", "s"]);
  await box.ok([
    "tmux",
    "-L",
    "other",
    "send-keys",
    "-t",
    "s",
    'stty -echo; tmux display-message -p "<#{session_name} #{pane_id} $(command -v tmux)>"',
    "Enter",
  ]);
  const { sessions } = await box.json(["list"]);
  expect(await box.printed(sessions[0].session_id, "<s %0 /")).toContain(`<s %0 ${join(shimOf(box), "tmux")}>`);
});

test("run-shell of bide's tmux, the tmux that it calls is bide's too", async () => {
  await using box = sandbox();
  await box.ok(["tmux", "-L", "other", "new-session", "-d", "-s", "s", "cat"]);
  const said = await box.ok(["tmux", "-L", "other", "run-shell", "tmux rename-window -t s: by-a-job; tmux -V"]);
  expect(said).toBe("");
  expect(await box.ok(["tmux", "-L", "other", "list-windows", "-F", "#W"])).toBe("by-a-job\n");
});

test("start without --tmux, no TMUX and no shim", async () => {
  await using box = sandbox();
  await box.start("plain", ["sh", "-c", `echo "<\${TMUX-none}|\${TMUX_PANE-none}|$PATH>"; cat`]);
  const said = await box.printed("plain", ">");
  expect(said).toContain("<none|none|");
  expect(said).not.toContain(shimOf(box));
});

test("a session started inside another that has the shim, its own pane and not its parent's", async () => {
  await using box = sandbox();
  const inner = `"$BIDE_BIN" start -n inner -- sh -c 'echo "<$TMUX_PANE>"; cat'`;
  const parent = await box.start("outer", ["sh", "-c", `${inner}; cat`], ["--tmux"]);
  await box.printed("outer", "inner\t");
  const said = await box.printed("inner", ">");
  const session = await box.session("inner");
  expect(said).toContain(`<${session.pane_id}>`);
  expect(session.pane_id).not.toBe(parent.pane_id);
});
