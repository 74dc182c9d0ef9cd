// What a shell tells of its prompts and commands, taken out of its output: OSC 133 (prompt and command marks), 633 (VS
// Code's command line and directory) and 7 (directory). mark-scanner.ts finds them; command-track.ts gives them meaning.
// Rule: a mark counts as bide's own only with the nonce that only the integration of this session knows.

import { localPath } from "../../terminal/shell-reports.ts";

export type Mark = {
  /** Offset of the mark's first byte, and of the byte behind its last. */
  readonly start: number;
  readonly end: number;
  /** The session's nonce as the mark gives it. */
  readonly nonce: string | undefined;
} & (
  | { readonly kind: "prompt" | "input" }
  /** Output begins. `run`: the number of the run that this is; `text`: as kitty and fish tell it. */
  | { readonly kind: "output"; readonly run: number | undefined; readonly text: string | undefined }
  | { readonly kind: "finished"; readonly exitCode: number | null }
  | { readonly kind: "text" | "cwd"; readonly value: string }
  /** A key of `run` came to a line that had been begun. */
  | { readonly kind: "busy" }
);

/** `payload` without introducer and terminator, as `133;D;0`; undefined for what says nothing here. */
export function parseMark(payload: string, start: number, end: number): Mark | undefined {
  const [code, letter = "", ...rest] = payload.split(";");
  if (code === "133") return promptMark(letter, rest, { start, end, nonce: parameterOf(rest, "bide") });
  if (code === "633") {
    const [value = "", nonce] = rest;
    if (letter === "E") return { start, end, nonce, kind: "text", value: unescaped(value) };
    if (letter === "P" && value === "Bide=busy") return { start, end, nonce, kind: "busy" };
    if (letter === "P" && value.startsWith("Cwd=")) {
      return { start, end, nonce, kind: "cwd", value: unescaped(value.slice(4)) };
    }
  }
  if (code === "7") {
    const value = localPath(payload.slice(2));
    if (value !== undefined) return { start, end, nonce: undefined, kind: "cwd", value };
  }
  return undefined;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly nonce: string | undefined;
}

function promptMark(letter: string, rest: readonly string[], place: Place): Mark | undefined {
  switch (letter) {
    case "A":
      return { ...place, kind: "prompt" };
    case "B":
      return { ...place, kind: "input" };
    case "C": {
      const run = Number(parameterOf(rest, "run") ?? Number.NaN);
      return { ...place, kind: "output", run: Number.isSafeInteger(run) ? run : undefined, text: commandLine(rest) };
    }
    case "D":
      return { ...place, kind: "finished", exitCode: /^-?\d{1,10}$/.test(rest[0] ?? "") ? Number(rest[0]) : null };
    default:
      return undefined;
  }
}

/** kitty's and fish's way to tell the command line. */
function commandLine(rest: readonly string[]): string | undefined {
  const escaped = parameterOf(rest, "cmdline_url");
  if (escaped === undefined) return undefined;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

function parameterOf(rest: readonly string[], key: string): string | undefined {
  return rest.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1);
}

/** VS Code's escapes: `\\` and `\xHH`. */
function unescaped(text: string): string {
  return text.replace(/\\(\\|x([0-9a-fA-F]{2}))/g, (_, whole: string, hex: string | undefined) =>
    hex === undefined ? whole : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
