// Which version of asciicast a recording has. Version 3 is the current one, and what `--cast` means; asciinema before
// 3.0 (Debian 12 and 13 have 2.x) plays nothing newer than version 2. So that a recording plays on the machine that
// made it, an asciinema on PATH that is older decides for 2; `--cast-version` decides for itself.

import type { Environment } from "../../base/locations.ts";
import type { Flags } from "../flags.ts";

export type CastVersion = 2 | 3;

/** A Python program on a loaded machine; longer, and it is not asked. */
const PATIENCE_MS = 5000;

export async function castVersion(flags: Flags, env: Environment): Promise<CastVersion> {
  const asked = flags.text("cast-version");
  if (asked !== undefined) return asked === "2" ? 2 : 3;
  const player = Bun.which("asciinema", { PATH: env.PATH ?? "" });
  if (player === null) return 3;
  try {
    const child = Bun.spawn([player, "--version"], {
      stdin: "ignore",
      stdout: "pipe",
      stderr: "ignore",
      timeout: PATIENCE_MS,
    });
    return playsOnlyVersion2(await new Response(child.stdout).text()) ? 2 : 3;
  } catch {
    // What cannot be run plays nothing either.
    return 3;
  }
}

/** `said`: what `asciinema --version` printed, `asciinema 2.2.0`. */
function playsOnlyVersion2(said: string): boolean {
  const major = /^asciinema (\d+)\./.exec(said)?.[1];
  return major !== undefined && Number(major) < 3;
}
