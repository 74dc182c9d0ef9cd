// Where a program is and why it cannot be run. spawn.ts asks `candidates` before and `explain` after the fact: what
// the kernel says at exec decides, this only finds the words for it. The PATH is that of the new program's
// environment, and relative names are relative to its directory, never to ours.

import { accessSync, closeSync, constants, openSync, readSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { errnoOf } from "../base/errors.ts";
import { type Failure, fail } from "../base/result.ts";

/** What execvp searches when there is no PATH at all (confstr _CS_PATH). */
const DEFAULT_PATH = "/bin:/usr/bin";

/** Paths to try in turn, as execvp does; relative ones are meant from `cwd`. Only files that exist are listed. */
export function candidates(program: string, env: Readonly<Record<string, string>>, cwd: string): string[] {
  if (program === "") return [];
  if (program.includes("/")) return [program];
  const directories = (env.PATH ?? DEFAULT_PATH).split(":");
  // An empty element of PATH is the current directory.
  const paths = directories.map((directory) => join(directory === "" ? "." : directory, program));
  return paths
    .map((path) => (path.startsWith("/") ? path : `./${path}`))
    .filter((path) => !isMissing(status(resolve(cwd, path))));
}

/** Why a directory cannot be entered; null: it can. */
export function explainDirectory(cwd: string): Failure | null {
  const found = status(cwd);
  if (isMissing(found))
    return fail("bad_cwd", `expected an existing directory, got ${quote(cwd)}, which does not exist`);
  if (typeof found === "string") return fail("bad_cwd", `expected a directory, got ${quote(cwd)} (${found})`);
  if (!found.isDirectory()) return fail("bad_cwd", `expected a directory, got ${quote(cwd)}, which is a file`);
  try {
    accessSync(cwd, constants.X_OK);
    return null;
  } catch {
    return fail("bad_cwd", `expected a directory that may be entered, got ${quote(cwd)} (permission denied)`);
  }
}

export function programNotFound(program: string, env: Readonly<Record<string, string>>): Failure {
  const where = program.includes("/") ? "" : ` in PATH=${quote(env.PATH ?? DEFAULT_PATH)}`;
  return fail("program_not_found", `expected a program, found no ${quote(program)}${where}`);
}

/** The failure for `errno` at the exec of `path`, found through `program`; null: it is not the program's fault. */
export function explainProgram(
  errno: string,
  program: string,
  path: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Failure | null {
  const file = resolve(cwd, path);
  const found = status(file);
  const refuse = (why: string) => fail("program_not_executable", `expected an executable, got ${quote(path)}, ${why}`);
  switch (errno) {
    case "ENOENT":
    case "ENOTDIR": {
      if (isMissing(found)) return programNotFound(program, env);
      const interpreter = interpreterOf(file);
      return refuse(
        interpreter === null ? "whose loader is missing" : `whose interpreter ${quote(interpreter)} is missing`,
      );
    }
    case "EACCES":
    case "EPERM":
    case "EISDIR":
      if (typeof found !== "string" && found.isDirectory()) return refuse("which is a directory");
      return refuse("which may not be executed (permission denied)");
    case "ENOEXEC":
      return refuse("which is neither a program for this machine nor a script that begins with #!");
    case "ETXTBSY":
      return refuse("which is being written to");
    case "ELOOP":
    case "ENAMETOOLONG":
    case "ELIBBAD":
      return refuse(`which cannot be run (${errno})`);
    default:
      return null;
  }
}

/** The file's status, or the errno's name. */
function status(path: string): Stats | string {
  try {
    return statSync(path);
  } catch (error) {
    return errnoOf(error) ?? String(error);
  }
}

function isMissing(found: Stats | string): found is string {
  return found === "ENOENT" || found === "ENOTDIR";
}

/** The interpreter that a script names in its first line, or null. The kernel looks at 256 bytes. */
function interpreterOf(file: string): string | null {
  const head = Buffer.alloc(256);
  try {
    const fd = openSync(file, "r");
    const length = readSync(fd, head);
    closeSync(fd);
    return /^#![ \t]*([^ \t\n]+)/.exec(head.toString("utf8", 0, length))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** JSON's quotes make control characters visible. */
function quote(text: string): string {
  return JSON.stringify(text);
}
