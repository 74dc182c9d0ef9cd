// One call of the `cmux` command. It belongs to somebody else: what it prints is bounded, and it may not take for ever.

import { messageOf } from "../../base/errors.ts";
import type { Environment } from "../../base/locations.ts";
import { fail, ok, type Result } from "../../base/result.ts";
import { visible } from "../../terminal/visible.ts";

/** Its answers are one line or a small object; more is not what we asked for. */
const MOST_OUTPUT = 16 * 1024;
const MOST_COMPLAINT = 512;
/** It asks an application that may be busy drawing. */
const PATIENCE_MS = 5_000;

export interface CmuxCaller {
  /** Where `cmux` is looked for, and what tells it which application to ask. */
  readonly env: Environment;
  readonly cwd: string;
}

/** Absolute path of `cmux` on the caller's PATH. */
export function findCmux({ env, cwd }: CmuxCaller): string | undefined {
  return Bun.which("cmux", { PATH: env.PATH ?? "", cwd }) ?? undefined;
}

/** Standard output of a call that ended with 0; `failed` with what it complained of otherwise. */
export async function runCmux(caller: CmuxCaller, args: readonly string[]): Promise<Result<string>> {
  const program = findCmux(caller);
  if (program === undefined) return fail("program_not_found", "cmux was not found on PATH");
  const what = `cmux ${args[0] ?? ""}`;
  try {
    const child = Bun.spawn([program, ...args], {
      env: { ...caller.env },
      cwd: caller.cwd,
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      timeout: PATIENCE_MS,
      killSignal: "SIGKILL",
    });
    const [output, complaint, code] = await Promise.all([
      readUpTo(child.stdout, MOST_OUTPUT),
      readUpTo(child.stderr, MOST_OUTPUT),
      child.exited,
    ]);
    if (output === undefined) return fail("failed", `${what} printed more than ${MOST_OUTPUT} bytes`);
    if (child.signalCode !== null) return fail("failed", `${what} did not end within ${PATIENCE_MS / 1000} s`);
    if (code === 0) return ok(output);
    const said = visible((complaint ?? "").replaceAll(/\s+/g, " ").trim().slice(0, MOST_COMPLAINT));
    return fail("failed", `${what} ended with ${code}${said === "" ? "" : `: ${said}`}`);
  } catch (error) {
    return fail("failed", `${what} could not be run: ${messageOf(error)}`, { cause: error });
  }
}

/** Undefined when there was more than `most` bytes; reads to the end all the same, so that the program can end. */
async function readUpTo(stream: ReadableStream<Uint8Array>, most: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    if (bytes <= most) text += decoder.decode(piece, { stream: true });
  }
  return bytes <= most ? text : undefined;
}
