// Whether colour is wanted, and the few styles that tables, help and errors use. Rule: NO_COLOR, FORCE_COLOR,
// TERM=dumb and "not a terminal" are respected, in this order of precedence: NO_COLOR, FORCE_COLOR, the rest.

import type { Environment } from "../base/locations.ts";
import { isTerminal } from "./caller-terminal.ts";

const CODES = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  blue: "34",
  magenta: "35",
  cyan: "36",
} as const;
export type StyleName = keyof typeof CODES;

/** Wraps text in a style, or gives it back as it is. */
export type Style = (name: StyleName, text: string) => string;

export function styleFor(fd: number, env: Environment): Style {
  if (!wantsColour(fd, env)) return (_name, text) => text;
  return (name, text) => (text === "" ? "" : `\x1b[${CODES[name]}m${text}\x1b[0m`);
}

function wantsColour(fd: number, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "") return env.FORCE_COLOR !== "0";
  if (env.TERM === "dumb" || env.TERM === undefined || env.TERM === "") return false;
  return isTerminal(fd);
}
