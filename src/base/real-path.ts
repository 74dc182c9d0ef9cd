// The real path of something that may not exist yet: links are resolved as far as anything is there.
// Called by paths.ts; the rule it keeps: the answer is the same before and after the directory is created,
// and whichever link it is reached through, because the name of the runtime directory hangs on it.

import { errnoOf } from "./errors.ts";
import { fileFailure } from "./file-failure.ts";
import { absolutePath, nodePath } from "./plain-path.ts";
import { nodeFs, quickRealPath } from "./quick-calls.ts";
import { fail, ok, type Result } from "./result.ts";

// As many links as the kernel follows before it says ELOOP.
const MOST_LINKS = 40;

export function realPathOf(path: string): Result<string> {
  const absolute = absolutePath(path);
  const real = quickRealPath(absolute);
  return real === undefined ? climb(absolute, MOST_LINKS) : ok(real);
}

function climb(path: string, linksLeft: number): Result<string> {
  try {
    return ok(nodeFs().realpathSync.native(path));
  } catch (error) {
    if (errnoOf(error) === "ELOOP") return circle(path);
    if (errnoOf(error) !== "ENOENT") return fileFailure(`resolve ${path}`, error);
  }
  if (linksLeft === 0) return circle(path);
  const target = danglingTarget(path);
  if (target !== undefined) return climb(nodePath().resolve(nodePath().dirname(path), target), linksLeft - 1);
  const { basename, dirname, join } = nodePath();
  const parent = dirname(path);
  if (parent === path) return ok(path);
  const above = climb(parent, linksLeft);
  return above.ok ? ok(join(above.value, basename(path))) : above;
}

/** Where a link that leads to nothing points to, or undefined when the path is no link. */
function danglingTarget(path: string): string | undefined {
  try {
    const { lstatSync, readlinkSync } = nodeFs();
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function circle(path: string): Result<never> {
  return fail("unsafe_directory", `cannot resolve ${path}: links go in a circle`);
}
