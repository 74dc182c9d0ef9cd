// What the shim does for the server because it can only be done where the caller is: read its standard input, read and
// write files relative to its directory (a FIFO among them may wait, and only this process waits with it).

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { errnoOf } from "../../base/errors.ts";
import type { Environment } from "../../base/locations.ts";
import type { ClientAnswer, ClientAsk } from "./wire.ts";

export async function answerAsk(ask: ClientAsk): Promise<ClientAnswer> {
  const { id } = ask;
  try {
    switch (ask.kind) {
      case "stdin":
        return { id, data: Buffer.from(await Bun.stdin.arrayBuffer()).toString("base64") };
      case "read":
        return { id, data: readFileSync(ask.path).toString("base64") };
      case "write":
        (ask.append ? appendFileSync : writeFileSync)(ask.path, Buffer.from(ask.data, "base64"));
        return { id };
    }
  } catch (error) {
    return { id, errno: systemText(errnoOf(error)) };
  }
}

/** `tmux -c COMMAND` and `detach-client -E COMMAND`: a shell in our place. Returns its exit code. */
export function runShellCommand(command: string, env: Environment): number {
  const shell = env.SHELL?.startsWith("/") ? env.SHELL : "/bin/sh";
  const { exitCode } = Bun.spawnSync([shell, "-c", command], { stdio: ["inherit", "inherit", "inherit"], env });
  return exitCode ?? 1;
}

/** The words of strerror(3), which tmux prints. */
export function systemText(errno: string | undefined): string {
  const texts: Readonly<Record<string, string>> = {
    ENOENT: "No such file or directory",
    EACCES: "Permission denied",
    EPERM: "Operation not permitted",
    EISDIR: "Is a directory",
    ENOTDIR: "Not a directory",
    ECONNREFUSED: "Connection refused",
    ENOSPC: "No space left on device",
    EROFS: "Read-only file system",
    ENAMETOOLONG: "File name too long",
    EINVAL: "Invalid argument",
  };
  return texts[errno ?? ""] ?? errno ?? "Input/output error";
}
