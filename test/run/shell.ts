// A session's shell under test: a home with the user's own files, and `bide run` in it. Every shell gets the same
// promises; what is spelled differently in fish stands here.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Finished, type RunOptions, type Sandbox, sharedSandbox } from "../support/sandbox.ts";

export type ShellName = "bash" | "zsh" | "fish";
export const SHELLS: readonly ShellName[] = ["bash", "zsh", "fish"];

const shared = sharedSandbox();

/** A sandbox with files in its home, by path from there. */
export function home(files: Readonly<Record<string, string>> = {}): Sandbox {
  const box = shared();
  knownToFish(box);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(box.home, path)), { recursive: true });
    writeFileSync(join(box.home, path), text);
  }
  return box;
}

/** At its first start in a home fish reads all manual pages of the machine, beside its work; not where it did so before. */
export function knownToFish(box: Sandbox): void {
  mkdirSync(join(box.home, ".local/share/fish/generated_completions"), { recursive: true });
}

/** Where the user's file of an interactive shell is. */
export const RC_FILE: Readonly<Record<ShellName, string>> = {
  bash: ".bashrc",
  zsh: ".zshrc",
  fish: ".config/fish/config.fish",
};

/** `bide run s -- TEXT`, in JSON. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the answer.
export async function runText(box: Sandbox, text: string, flags: readonly string[] = []): Promise<any> {
  const { stdout, stderr } = await box.run(["run", "s", ...flags, "--json", "--", text]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

export function run(box: Sandbox, words: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return box.run(["run", "s", ...(words.length > 0 ? ["--", ...words] : [])], options);
}

/** Everything that the shell would show as its history. */
export async function historyOf(box: Sandbox, shell: ShellName): Promise<string> {
  const { output } = await runText(box, { bash: "history", zsh: "fc -l 1", fish: "history" }[shell]);
  return output;
}
