// The name of the user that this process runs as. Not the runtime's own answer alone: Bun takes USER out of the environment,
// which a service, a container or `su` leaves out or wrong, and says "unknown" without it.

import { readFileSync } from "node:fs";
import { userInfo } from "node:os";

/** Undefined: the system does not know it. `passwd`: the system's list of users, for tests. */
export function userName(uid = process.getuid?.(), passwd = "/etc/passwd"): string | undefined {
  return listedName(uid, passwd) ?? toldName();
}

/** Users of a directory service, and those of macOS, are not in that file. */
function listedName(uid: number | undefined, passwd: string): string | undefined {
  try {
    const lines = readFileSync(passwd, "utf8").split("\n");
    return lines.map((line) => line.split(":")).find((fields) => fields[2] === String(uid))?.[0];
  } catch {
    return undefined;
  }
}

function toldName(): string | undefined {
  try {
    const { username } = userInfo();
    return username === "" || username === "unknown" ? undefined : username;
  } catch {
    return undefined;
  }
}
