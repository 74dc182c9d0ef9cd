// Fonts of this machine for characters that the shipped ones lack (CJK, rare scripts): the directories where fontconfig
// and macOS keep them are searched, and as few files as cover the characters are taken. Called by png.ts, and only when
// something is missing.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Coverage, fontCoverage } from "./font-coverage.ts";

/** One file may hold all of CJK in several weights (20 MB); more is for print. */
const LARGEST_FILE = 64 * 1024 * 1024;
/** Each is parsed as a whole by the rasteriser. */
const MOST_FILES = 6;

/** Where fonts are, most personal first. */
export function fontDirectories(env: Readonly<Record<string, string | undefined>>): string[] {
  const home = env.HOME ?? "";
  const data = env.XDG_DATA_HOME || join(home, ".local/share");
  const own = home === "" ? [] : [join(data, "fonts"), join(home, ".fonts")];
  if (process.platform === "darwin") {
    return [...(home === "" ? [] : [join(home, "Library/Fonts")]), "/Library/Fonts", "/System/Library/Fonts"];
  }
  return [...own, "/usr/local/share/fonts", "/usr/share/fonts"];
}

/** Paths of fonts that together draw as much of `missing` as any do; `missing` keeps what none draws. */
export function findFonts(directories: readonly string[], missing: Set<number>): string[] {
  const found: string[] = [];
  for (const path of fontFiles(directories)) {
    if (missing.size === 0 || found.length === MOST_FILES) break;
    if (removeCovered(fontCoverage(path), missing)) found.push(path);
  }
  return found;
}

/** Takes what the font draws out of the set; whether that was anything. */
export function removeCovered(covers: Coverage, missing: Set<number>): boolean {
  const before = missing.size;
  for (const codePoint of missing) if (covers(codePoint)) missing.delete(codePoint);
  return missing.size < before;
}

function fontFiles(directories: readonly string[]): string[] {
  const files = directories.flatMap((directory) =>
    entries(directory)
      .filter((name) => /\.(?:ttf|otf|ttc|otc)$/i.test(name))
      .map((name) => join(directory, name))
      .sort(),
  );
  // A monospace font looks best between others, an upright regular one is nearest to what is wanted.
  return files.sort((a, b) => rank(a) - rank(b)).filter(isUsable);
}

function rank(path: string): number {
  return (/mono/i.test(path) ? 0 : 2) + (/bold|black|thin|light|italic|oblique/i.test(path) ? 1 : 0);
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

function isUsable(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size <= LARGEST_FILE;
}
