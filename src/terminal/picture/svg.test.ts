// The exact markup of small screens. What each colour means is picture.test.ts's.

import { expect, test } from "bun:test";
import { drawnScreen } from "./drawn-screen.ts";
import { svgOf } from "./svg.ts";

/** What is painted behind and before, one string per line of the markup. */
function layers(output: string, rows = 1, cols = 10): { behind: string[]; text: string[] } {
  const [, behind = "", text = ""] = svgOf(drawnScreen(output, rows, cols)).split(/<g [^>]*>\n/);
  const lines = (part: string) => (part.split("\n</g>")[0] ?? "").split("\n").filter((line) => line !== "");
  return { behind: lines(behind), text: lines(text) };
}

test("an empty screen, the whole of the markup", () => {
  expect(
    svgOf({ ...drawnScreen("", 2, 10), title: "a & b" }),
  ).toBe(`<svg xmlns="http://www.w3.org/2000/svg" width="114" height="58" viewBox="0 0 114 58">
<title>a &amp; b</title>
<rect width="114" height="58" rx="6" fill="#1d2129"/>
<g shape-rendering="crispEdges">

</g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="15" fill="#d8dee9" xml:space="preserve" style="white-space:pre;font-variant-ligatures:none">

</g>
</svg>
`);
});

test("plain text, as wide as its cells wherever it begins", () => {
  expect(layers("\r\n  a <b", 2).text).toEqual(['<text x="30" y="42.5" textLength="36">a &lt;b</text>']);
});

test("styles and a background, the background behind everything", () => {
  expect(layers("\x1b[1;3;31;44mab")).toEqual({
    behind: ['<rect x="12" y="12" width="18" height="17" fill="#61afef"/>'],
    text: ['<text x="12" y="25.5" textLength="18" fill="#e06c75" font-weight="bold" font-style="italic">ab</text>'],
  });
});

test("characters that may come from another font, a place for each", () => {
  expect(layers("─é ─").text).toEqual(['<text x="12 21" y="25.5">─é</text><text x="39" y="25.5">─</text>']);
});

test("a wide and a combined character, in the middle of their cells", () => {
  expect(layers("漢e\u0301").text).toEqual([
    '<text x="21" y="25.5" text-anchor="middle">漢</text><text x="34.5" y="25.5" text-anchor="middle">e\u0301</text>',
  ]);
});

test("block elements, arrows of prompts and braille, drawn in their cells", () => {
  expect(layers("█▄").text).toEqual([
    '<path d="M12 12h9v17h-9z" fill="#d8dee9" shape-rendering="crispEdges"/>' +
      '<path d="M21 20.5h9v8.5h-9z" fill="#d8dee9" shape-rendering="crispEdges"/>',
  ]);
  expect(layers("░").text[0]).toContain('fill-opacity="0.25"');
  expect(layers("\ue0b0").text).toEqual(['<path d="M12 12l9 8.5l-9 8.5z" fill="#d8dee9"/>']);
  expect(layers("\ue0b3").text).toEqual(['<path d="M21 12l-9 8.5l9 8.5" stroke="#d8dee9" fill="none"/>']);
  expect(layers("\u2801").text).toEqual(['<circle cx="14.25" cy="14.125" r="1.1" fill="#d8dee9"/>']);
});

test("lines, under, through and over the cells, and cursors that are lines", () => {
  const line = (more: string) => `<path ${more} stroke="#d8dee9" fill="none"`;
  expect(layers("\x1b[4m ").text).toEqual([`${line('d="M12 27.5h9"')}/>`]);
  expect(layers("\x1b[21m ").text).toEqual([`${line('d="M12 26.5h9M12 28.5h9"')}/>`]);
  expect(layers("\x1b[4:3m ").text).toEqual([`${line('d="M12 27.5q2.25 -2.5 4.5 0t4.5 0"')}/>`]);
  expect(layers("\x1b[4:4m ").text).toEqual([`${line('d="M12 27.5h9"')} stroke-dasharray="1 2"/>`]);
  expect(layers("\x1b[4:5m ").text).toEqual([`${line('d="M12 27.5h9"')} stroke-dasharray="5 4"/>`]);
  expect(layers("\x1b[9m ").text).toEqual([`${line('d="M12 21.5h9"')}/>`]);
  expect(layers("\x1b[53m ").text).toEqual([`${line('d="M12 12.5h9"')}/>`]);
  expect(layers("\x1b[?25h\x1b[6 q").text).toEqual(['<rect x="12" y="12" width="2" height="17" fill="#d8dee9"/>']);
  expect(layers("\x1b[?25h\x1b[4 q").text).toEqual(['<rect x="12" y="27" width="9" height="2" fill="#d8dee9"/>']);
});

test("a link, around its text", () => {
  expect(layers("\x1b]8;;https://x/?a&b\x1b\\go\x1b]8;;\x1b\\").text).toEqual([
    '<a href="https://x/?a&amp;b"><text x="12" y="25.5" textLength="18">go</text></a>',
  ]);
});
