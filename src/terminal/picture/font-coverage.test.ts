// Character maps of real fonts: the ones that are shipped.

import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FONT_FILES } from "./embedded-files.ts";
import { fontCoverage } from "./font-coverage.ts";
import { findFonts, fontDirectories } from "./system-fonts.ts";

const codes = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0);

test("a font, what it draws and what it does not, in every plane", () => {
  const covers = fontCoverage(FONT_FILES.regular);
  expect(codes("Aé─│✔").map(covers)).toEqual([true, true, true, true, true]);
  expect(codes("漢字👍\uffff\u{10ffff}").map(covers)).toEqual([false, false, false, false, false]);
  const symbols = fontCoverage(FONT_FILES.symbols);
  expect(codes("😀𝔸⠋").map(symbols)).toEqual([true, true, true]);
});

test("no file, no font or a damaged one, nothing is covered and nothing thrown", () => {
  const directory = mkdtempSync(join(tmpdir(), "bide-fonts-"));
  try {
    const font = readFileSync(FONT_FILES.regular);
    const damaged = join(directory, "damaged.ttf");
    expect(fontCoverage(join(directory, "none.ttf"))(65)).toBe(false);
    expect(fontCoverage(directory)(65)).toBe(false);
    writeFileSync(damaged, "text");
    expect(fontCoverage(damaged)(65)).toBe(false);
    writeFileSync(damaged, Buffer.concat([font.subarray(0, 12), Buffer.alloc(4096, 0xff)]));
    expect(fontCoverage(damaged)(65)).toBe(false);
    for (let length = 0; length < 400; length += 7) {
      writeFileSync(damaged, font.subarray(0, length));
      expect(fontCoverage(damaged)(65)).toBe(false);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("characters that are missing, as few fonts as draw them and the rest told", () => {
  const directory = mkdtempSync(join(tmpdir(), "bide-fonts-"));
  try {
    writeFileSync(join(directory, "first.ttf"), "no font");
    symlinkSync(join(dirname(FONT_FILES.symbols), "DejaVuSans.ttf"), join(directory, "symbols.ttf"));
    symlinkSync(join(dirname(FONT_FILES.symbols), "DejaVuSerif.ttf"), join(directory, "unneeded.ttf"));
    const missing = new Set(codes("😀漢"));
    expect(findFonts([join(directory, "none"), directory], missing)).toEqual([join(directory, "symbols.ttf")]);
    expect([...missing]).toEqual(codes("漢"));
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("where fonts are looked for, the person's own before the machine's", () => {
  const directories = fontDirectories({ HOME: "/home/a", XDG_DATA_HOME: "/data" });
  if (process.platform === "darwin") expect(directories[0]).toBe("/home/a/Library/Fonts");
  else expect(directories).toEqual(["/data/fonts", "/home/a/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"]);
});
