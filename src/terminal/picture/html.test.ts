// The exact markup of small screens as a page. What each colour means is picture.test.ts's.

import { expect, test } from "bun:test";
import { drawnScreen } from "./drawn-screen.ts";
import { htmlOf } from "./html.ts";

/** The rows, and the rules of the classes that they use. */
function page(output: string, rows = 1): { rows: string[]; rules: string[] } {
  const html = htmlOf(drawnScreen(output, rows));
  return {
    rows: [...html.matchAll(/^<div>(.*)<\/div>$/gm)].map(([, row]) => row ?? ""),
    rules: [...html.matchAll(/^\.c\d+\{.*\}$/gm)].map(([rule]) => rule),
  };
}

test("plain text, as it is; a blank row, an empty one", () => {
  expect(page("  a <b\r\n\r\nc", 3).rows).toEqual(["  a &lt;b", "", "c"]);
});

test("equal styles, one class", () => {
  expect(page("\x1b[1;31;44ma\x1b[m b \x1b[1;31;44mc")).toEqual({
    rows: ['<span class="c0">a</span> b <span class="c0">c</span>'],
    rules: [".c0{color:#e06c75;background:#61afef;font-weight:bold;}"],
  });
});

test("characters that may come from another font, boxes as wide as their cells", () => {
  expect(page("a─漢e\u0301").rows).toEqual([
    'a<span class="w1">─</span><span class="w2">漢</span><span class="w1">e\u0301</span>',
  ]);
});

test("every underline with its colour, and lines through and over the text beside it", () => {
  expect(page("\x1b[4:3;58;5;9;3ma\x1b[9mb\x1b[53mc")).toEqual({
    rows: ['<span class="c0">a</span><span class="c0"><s>b</s></span><span class="c0"><s class="b">c</s></span>'],
    rules: [".c0{font-style:italic;text-decoration:underline wavy #ff7a85;}"],
  });
  const styles = ["4", "21", "4:4", "4:5"].map((style) => page(`\x1b[${style}ma`).rules[0]);
  expect(styles).toEqual(
    ["solid", "double", "dotted", "dashed"].map((style) => `.c0{text-decoration:underline ${style} #d8dee9;}`),
  );
  expect(page("\x1b[53ma").rows).toEqual(['<s class="o">a</s>']);
});

test("a link, around its text; an address that could run something, none", () => {
  const link = (uri: string) => page(`\x1b]8;;${uri}\x1b\\go\x1b]8;;\x1b\\`).rows[0];
  expect(link("https://x/?a&b'")).toBe('<a href="https://x/?a&amp;b&#39;" rel="noreferrer noopener">go</a>');
  expect(link("mailto:a@b")).toContain('href="mailto:a@b"');
  expect(link("file:///etc/hosts")).toContain('href="file:///etc/hosts"');
  for (const uri of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//x", "x", " https://x", "https:x"]) {
    expect(link(uri)).toBe("go");
  }
});

test("a cursor of each shape, drawn in its cell", () => {
  expect(page("\x1b[?25h")).toEqual({
    rows: ['<span class="c0"> </span>'],
    rules: [".c0{color:#1d2129;background:#d8dee9;}"],
  });
  expect(page("\x1b[?25h\x1b[6 q").rules).toEqual([".c0{box-shadow:inset 2px 0 #d8dee9;}"]);
  expect(page("\x1b[?25h\x1b[4 q").rules).toEqual([".c0{box-shadow:inset 0 -2px #d8dee9;}"]);
});

test("the page, with the program's colours, its title and a policy that lets nothing run or load", () => {
  const html = htmlOf({ ...drawnScreen("\x1b]11;#010203\x07"), title: "</title><script>" });
  expect(html).toContain("<title>&lt;/title&gt;&lt;script&gt;</title>");
  expect(html).toContain("background:#010203");
  expect(html).toContain("default-src 'none'");
});
