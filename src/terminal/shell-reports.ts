// What a shell reports about itself: its directory (OSC 7) and where its prompt and commands begin and end
// (OSC 133). Part of TrackedState; the session reads the directory, an attach repeats it to the terminal.

import { hostname } from "node:os";
import { ShellMarks } from "./shell-marks.ts";
import { onOsc } from "./string-sequences.ts";
import type { Engine } from "./xterm-internals.ts";

/** A path is at most 4,096 bytes, each at most three characters when escaped. */
const MAX_REPORT = 16384;

/** OSC 133: prompt begins, command line begins, output begins, command finished. */
export type PromptMark = "A" | "B" | "C" | "D";

export class ShellReports {
  /** The last OSC 7, undefined when there was none: another machine's, and what is no address, count too. */
  reported: string | undefined;
  /** The last one of this machine. */
  directoryUrl: string | undefined;
  readonly marks: ShellMarks;
  mark: PromptMark | undefined;
  /** With mark D, when the shell gave it. */
  exitCode: number | undefined;

  constructor(engine: Engine) {
    const parser = engine._inputHandler._parser;
    this.marks = new ShellMarks(engine);
    onOsc(parser, 7, MAX_REPORT, (payload) => {
      this.reported = payload;
      if (localPath(payload) !== undefined) this.directoryUrl = payload;
    });
    onOsc(parser, 133, MAX_REPORT, (payload) => {
      const mark = /^([ABCD])(?:;(-?\d{1,10})(?=;|$))?/.exec(payload);
      if (mark === null) return;
      this.mark = mark[1] as PromptMark;
      this.marks.add(payload);
      this.exitCode = this.mark === "D" && mark[2] !== undefined ? Number(mark[2]) : undefined;
    });
  }

  /** The directory as a path, undefined when the shell reported none on this machine. */
  get directory(): string | undefined {
    return this.directoryUrl === undefined ? undefined : localPath(this.directoryUrl);
  }

  reset(): void {
    this.marks.reset();
    this.mark = undefined;
    this.exitCode = undefined;
  }
}

/**
 * The path in an OSC 7 payload: `file://HOST/PATH` with escapes, or kitty's `kitty-shell-cwd://HOST/PATH`
 * without. Undefined for another machine's path and for anything else.
 */
export function localPath(report: string, here: string = hostname()): string | undefined {
  const match = /^(file|kitty-shell-cwd):\/\/([^/]*)(\/.*)$/.exec(report);
  if (match === null) return undefined;
  const [, scheme, host = "", path = ""] = match;
  if (!isHere(host.toLowerCase(), here.toLowerCase())) return undefined;
  if (scheme !== "file") return path;
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes("\0") ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** A short name and a full one are the same machine when the one begins the other. */
function isHere(host: string, here: string): boolean {
  return (
    host === "" ||
    host === "localhost" ||
    host === here ||
    `${here}.`.startsWith(`${host}.`) ||
    host.startsWith(`${here}.`)
  );
}
