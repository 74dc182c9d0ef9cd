// Whether a shell waits for a command in a session, as far as it can be told from outside: the leader of the group in
// the foreground is a shell without a script, or a program that brings one from elsewhere (ssh). Anything else would
// get the command typed into it. What is behind ssh shows only by answering.

import { monotonicMs } from "../../base/clock.ts";
import { BideError } from "../../base/errors.ts";
import type { SessionConnection, WorkerResult } from "../../client/index.ts";

/** Shells that read a line from the kernel, and those that edit it themselves: these switch the kernel's editing off. */
const PLAIN_SHELLS = ["sh", "dash", "ash", "ksh", "mksh", "yash", "csh", "busybox"];
const EDITING_SHELLS = ["bash", "zsh", "fish", "tcsh"];
const SHELLS = new Set([...PLAIN_SHELLS, ...EDITING_SHELLS]);

/** Programs that have a shell inside of them, here or on another machine. */
const CARRIERS = new Set(
  (
    "ssh autossh sshpass mosh mosh-client telnet su sudo doas runuser login newgrp sg script env nsenter chroot unshare " +
    "setpriv docker podman nerdctl kubectl lxc lxc-attach incus machinectl toolbox distrobox flatpak-spawn fakeroot proot"
  ).split(" "),
);

/** Options of shells whose value is a word of its own. */
const WITH_VALUE = new Set(["--rcfile", "--init-file", "-o", "+o", "-O", "+O", "--emulate"]);
/** A command that comes before the first prompt. */
const BEFORE_PROMPT = new Set(["-C", "--init-command"]);

/** A shell that was started a moment ago reads its files before it shows a prompt; what else runs is not waited for. */
const STARTING_MS = 4000;

/**
 * Resolves when a shell seems to wait; looks again whenever the session has printed something, for `patienceMs` at most.
 *
 * @throws BideError `busy` when something else reads what is typed, `session_ended`.
 */
export async function waitForShell(connection: SessionConnection, patienceMs: number): Promise<void> {
  const endMs = monotonicMs() + Math.min(STARTING_MS, patienceMs);
  for (;;) {
    const reader = await connection.request("input.reader", {});
    const obstacle = obstacleOf(reader);
    if (obstacle === undefined) return;
    const leftMs = endMs - monotonicMs();
    if (leftMs <= 0) {
      throw new BideError("busy", `no shell waits for a command in ${connection.session.name}: ${obstacle}`, {
        hint: "wait until the shell shows its prompt again",
      });
    }
    const { result } = await connection.requestBytes("log.read", { offset: 0, max: 0 });
    await connection.requestBytes("log.read", { offset: result.end, max: 0, wait_ms: Math.ceil(leftMs) });
  }
}

/** Why what is typed would not reach a shell's prompt; undefined when nothing speaks against it. */
function obstacleOf({ foreground, line_editing, alternate }: WorkerResult<"input.reader">): string | undefined {
  if (alternate) return "a full-screen program has the terminal";
  const [leader] = foreground;
  if (leader === undefined) return "nothing reads its terminal";
  if (!mayTakeCommands(leader.command)) return `\`${leader.command.slice(0, 80)}\` reads its terminal`;
  return line_editing && EDITING_SHELLS.includes(programOf(leader.command)) ? "its shell is at work" : undefined;
}

/** `command`: the arguments of a process with blanks between. */
function mayTakeCommands(command: string): boolean {
  const name = programOf(command);
  if (CARRIERS.has(name)) return true;
  if (!SHELLS.has(name)) return false;
  const words = command.split(" ").slice(1);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (BEFORE_PROMPT.has(word)) return true;
    if (WITH_VALUE.has(word)) at += 1;
    else if (/^-[a-z]*c$/.test(word)) return false;
    else if (name === "busybox" && SHELLS.has(word)) continue;
    else if (!/^[-+]/.test(word) && word !== "") return false;
  }
  return true;
}

/** `bash` of `-bash`, `/bin/bash --norc`. */
function programOf(command: string): string {
  return (command.split(" ")[0] ?? "").replace(/^.*\//, "").replace(/^-/, "");
}
