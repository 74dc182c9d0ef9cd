// The completion scripts in the real shells. zsh completes only on a terminal: a session of ours is one.

import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { BIDE, type Sandbox, sandbox, sharedSandbox } from "../support/sandbox.ts";

// Many processes start one after the other; a busy machine is no failure.
setDefaultTimeout(60_000);

const shared = sharedSandbox();

/** A sandbox with `bide` on PATH, two live sessions and an ended one. */
async function shellBox(): Promise<{ box: Sandbox; env: Record<string, string> }> {
  const box = shared();
  mkdirSync(join(box.root, "bin"));
  symlinkSync(BIDE, join(box.root, "bin/bide"));
  await box.start("alpha", ["sleep", "1000"]);
  await box.start("beta", ["sleep", "1000"]);
  await box.start("gone", ["true"]);
  await box.event("gone", (event) => event.event === "exited");
  return { box, env: { ...box.env, PATH: `${join(box.root, "bin")}:${box.env.PATH}` } };
}

function shell(command: string[], box: Sandbox, env: Record<string, string>): string {
  const { stdout, stderr } = Bun.spawnSync(command, { cwd: box.root, env });
  expect(stderr.toString()).toBe("");
  return stdout.toString();
}

needs("bash")("bash, verbs, flags, values and live names", async () => {
  const { box, env } = await shellBox();
  await using _ = box;
  const complete = (...words: string[]) => {
    const script = `source <(bide completions bash); COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _bide; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return shell(["bash", "-c", script, "bash", "bide", ...words], box, env)
      .split("\n")
      .filter(Boolean);
  };
  expect(complete("att").sort()).toEqual(["attach", "attach-or-new"]);
  expect(complete("attach", "")).toEqual(["alpha", "beta"]);
  expect(complete("a", "b")).toEqual(["beta"]);
  expect(complete("logs", "")).toEqual(["alpha", "beta", "gone"]);
  expect(complete("delete", "")).toEqual(["gone"]);
  expect(complete("kill", "alpha", "b")).toEqual(["beta"]);
  expect(complete("attach", "--re")).toEqual(["--read-only", "--replay"]);
  expect(complete("attach", "--replay", "f")).toEqual(["full"]);
  expect(complete("theme", "alpha", "gr")).toEqual(["green", "gray"]);
  expect(complete("logs", "--tail", "")).toEqual([]);
  expect(complete("help", "compl")).toEqual(["completions"]);
  expect(complete("start", "--", "sleep")).toContain("sleep");
});

needs("fish")("fish, verbs, flags, values and live names", async () => {
  const { box, env } = await shellBox();
  await using _ = box;
  const complete = (line: string) => {
    const script = "bide completions fish | source; complete -C $argv[1]";
    const out = shell(["fish", "--no-config", "-c", script, line], box, env);
    return out.split("\n").flatMap((offer) => (offer === "" ? [] : [offer.split("\t")[0]]));
  };
  expect(complete("bide att")).toEqual(["attach", "attach-or-new"]);
  expect(complete("bide attach ")).toEqual(["alpha", "beta"]);
  expect(complete("bide delete ")).toEqual(["gone"]);
  expect(complete("bide attach --re")).toEqual(["--read-only", "--replay"]);
  expect(complete("bide attach --replay f")).toEqual(["full"]);
  expect(complete("bide theme alpha gre")).toEqual(["green"]);
});

needs("zsh")(
  "zsh, verbs, live names and values on a terminal",
  async () => {
    const { box, env } = await shellBox();
    await using _ = box;
    // zsh takes the blank after a completed word back when something else follows.
    await box.ok(["start", "-n", "z", "-e", "PS1=> ", "--", "zsh", "-f", "-i"], { env });
    await box.ok([
      "send",
      "z",
      "autoload -Uz compinit; compinit -u -D; source <(bide completions zsh); echo loaded=$?",
      "--enter",
    ]);
    await box.printed("z", "loaded=0");
    for (const [typed, completed] of [
      ["bide restar", "bide restart"],
      ["bide attach al", "bide attach alpha"],
      ["bide delete ", "bide delete gone"],
      ["bide attach --read", "bide attach --read-only"],
      ["bide theme beta mag", "bide theme beta magenta"],
    ] as const) {
      // Ctrl-A and a word before it turn the completed line into an argument that can be seen.
      await box.type("z", `${typed}\t\x01echo '<\x05>'\r`);
      await box.printed("z", `<${completed}>\r\n`);
    }
  },
  20_000,
);

test("nushell, a definition for each verb and alias, with one rest parameter and none of another program's flags", async () => {
  await using box = shared();
  const script = await box.ok(["completions", "nu"]);
  const definitions = new Map(
    [...script.matchAll(/export extern "bide ([a-z-]+)" \[\n(.*?)\n\]/gs)].map(([, name, body]) => [name, body ?? ""]),
  );
  for (const name of ["attach", "a", "kill", "close", "label", "send", "open", "run"]) {
    expect(definitions.has(name)).toBe(true);
  }
  // Nushell refuses the whole module for a second one.
  for (const body of definitions.values()) expect(body.match(/^ *\.{3}/gm)?.length ?? 0).toBeLessThan(2);
  // It would read `-c` of `start -- sh -c` as its own, and write it as --cwd.
  for (const name of ["start", "new", "tmux", "claude"]) expect(definitions.has(name)).toBe(false);
  for (const name of ["open", "run"]) expect(definitions.get(name)).not.toContain("--");
  expect(definitions.get("send")).not.toContain("(-");
});

test("completing without a host, nothing is started and nothing is said", async () => {
  await using box = sandbox();
  expect(await box.run(["__complete", "live"])).toEqual({ code: 0, stdout: "", stderr: "" });
  expect((await box.run(["host", "status"])).code).toBe(69);
});
