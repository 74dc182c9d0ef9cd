// Whether a caller sits in a surface of the cmux terminal, and which one: from its environment, as cmux sets it. Names that
// cmux gave are passed back to it on a command line, so only harmless ones count.

import { lstatSync } from "node:fs";
import type { Environment } from "../../base/locations.ts";

/** `surface:3`, `workspace:1`, or ids: words of letters, digits, `_` and `-`, separated by colons; never a flag. */
const REFERENCE = /^[A-Za-z0-9_][A-Za-z0-9_-]*(:[A-Za-z0-9_-]+)*$/;

/** The names of a surface and of what it is part of; what is not known is undefined. */
export interface Surface {
  readonly surface: string | undefined;
  readonly workspace: string | undefined;
  readonly window: string | undefined;
}

/** A variable of cmux is set, or its socket is there and ours. */
export function inCmux(env: Environment): boolean {
  if (env.CMUX_WORKSPACE_ID || env.CMUX_SURFACE_ID) return true;
  const path = env.CMUX_SOCKET_PATH;
  if (!path) return false;
  try {
    // A link could lead to anybody's socket.
    const found = lstatSync(path);
    return found.isSocket() && found.uid === process.geteuid?.();
  } catch {
    return false;
  }
}

/** The surface that the caller was started in. */
export function callerSurface(env: Environment): Surface {
  return {
    surface: reference(env.CMUX_SURFACE_ID),
    workspace: reference(env.CMUX_WORKSPACE_ID),
    window: reference(env.CMUX_WINDOW_ID),
  };
}

/** The text if it is one that cmux could have given. */
export function reference(text: unknown): string | undefined {
  return typeof text === "string" && text.length <= 128 && REFERENCE.test(text) ? text : undefined;
}

/** `--workspace W --window W --surface S`, of what is known. */
export function surfaceFlags({ workspace, window, surface }: Surface): string[] {
  return [
    ...(workspace === undefined ? [] : ["--workspace", workspace]),
    ...(window === undefined ? [] : ["--window", window]),
    ...(surface === undefined ? [] : ["--surface", surface]),
  ];
}
