// A program chooses the text, the links, the title and the colours of a picture, and must never choose its markup.

import { expect, test } from "bun:test";
import { amount } from "../../../test/support/amounts.ts";
import { RandomStream } from "../../../test/support/random-streams.ts";
import { drawnScreen } from "./drawn-screen.ts";
import { htmlOf } from "./html.ts";
import { escapeMarkup, linkAddress } from "./markup.ts";
import { svgOf } from "./svg.ts";

test("characters with a meaning, written so that they have none; what XML forbids, replaced", () => {
  expect(escapeMarkup(`<a b="c" d='e'>&amp;`)).toBe("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
  expect(escapeMarkup("\0\x1b\ufffe\ud800x\udc00😀")).toBe("\ufffd\ufffd\ufffd\ufffdx\ufffd😀");
});

test("an address with blanks or controls in it, no link", () => {
  for (const uri of ["https://a b", "https://a\nb", "https://a\u0085b", "java\nscript:x", "", undefined]) {
    expect(linkAddress(uri)).toBeUndefined();
  }
  expect(linkAddress('HTTPS://x/"onload="')).toBe("HTTPS://x/&quot;onload=&quot;");
});

const SNIPPETS = [
  "<script>alert(1)</script>",
  "</text></svg>",
  "</div></main>",
  '" onload="x',
  "' onclick='x",
  "]]>",
  "<!--",
  "-->",
  "<![CDATA[",
  "&lt;",
  "&#60;",
  "&",
  "<",
  ">",
  "</style>",
  "漢<字",
  "e\u0301<",
  "<\u0301script>",
  "\u202e<b>",
  "█<░",
  "\\u003c",
  "\x1b[1m",
  "\x1b[4:3m",
  "\x1b[9;53m",
  "\x1b[41m",
  "\x1b[8m",
  "\x1b[7m",
  "\x1b[m",
  '\x1b]8;;https://x/"><script>\x1b\\',
  "\x1b]8;;https://x/'onmouseover='x\x1b\\",
  "\x1b]8;;javascript:alert(1)//https://x\x1b\\",
  "\x1b]8;;\x1b\\",
  "\x1b]2;</title><script>\x07",
  '\x1b]4;1;#fff"><script>\x07',
  "\x1b]10;rgb:ff/ff/ff\x07",
  "\x1b]11;</style><script>\x07",
  "\r\n",
  "\x1b[?25h",
  "\x1b[6 q",
];

/** The only elements and attributes that pictures have; a value holds no quote and no bracket. */
const TAG =
  /^<\/?(?:svg|title|rect|g|text|path|circle|a|html|head|meta|style|body|main|div|span|s)(?: (?:xmlns|width|height|viewBox|rx|fill|fill-opacity|shape-rendering|font-family|font-size|font-weight|font-style|xml:space|style|x|y|textLength|text-anchor|d|stroke|stroke-dasharray|cx|cy|r|href|rel|class|lang|charset|http-equiv|content)="[^"<>]*")*\/?>/;
const ENTITY = /^&(?:amp|lt|gt|quot|#39);/;

/** Where markup begins that is none of ours. */
function foreignMarkup(markup: string): string | undefined {
  const open: string[] = [];
  for (let at = markup.search(/[<&]/); at >= 0; ) {
    const rest = markup.slice(at);
    const found = (
      rest.startsWith("<!DOCTYPE html>") ? ["<!DOCTYPE html>"] : (TAG.exec(rest) ?? ENTITY.exec(rest))
    )?.[0];
    if (found === undefined) return rest.slice(0, 80);
    const name = /^<\/?([a-z]+)/.exec(found)?.[1];
    if (name !== undefined && name !== "meta" && !found.endsWith("/>")) {
      if (!found.startsWith("</")) open.push(name);
      else if (open.pop() !== name) return rest.slice(0, 80);
    }
    const next = markup.slice(at + found.length).search(/[<&]/);
    at = next < 0 ? -1 : at + found.length + next;
  }
  return open.length > 0 ? `unclosed ${open.join(" ")}` : undefined;
}

test("anything that a program prints, no element, attribute or address of its own in a picture", () => {
  for (let seed = 0; seed < amount(100, 400); seed += 1) {
    const random = new RandomStream(seed);
    let output = "";
    for (let count = 0; count < 30; count += 1) output += SNIPPETS[random.below(SNIPPETS.length)];
    const picture = drawnScreen(output, 6, 40);
    for (const markup of [svgOf(picture), htmlOf(picture)]) {
      expect({ seed, foreign: foreignMarkup(markup) }).toEqual({ seed, foreign: undefined });
      for (const [, address] of markup.matchAll(/href="([^"]*)"/g)) expect(address).toStartWith("https://x/");
    }
  }
});

test("anything that a program prints, the page's text is the screen's", () => {
  for (let seed = 0; seed < amount(50, 200); seed += 1) {
    const random = new RandomStream(seed);
    let output = "";
    for (let count = 0; count < 20; count += 1) output += SNIPPETS[random.below(SNIPPETS.length)];
    const picture = drawnScreen(output, 6, 40);
    const shown = [...htmlOf(picture).matchAll(/^<div>(.*)<\/div>$/gm)].map(([, row = ""]) => plainText(row));
    const printed = picture.lines.map((boxes) => boxes.flatMap((box) => box.glyphs.map(({ text }) => text)).join(""));
    expect(shown).toEqual(printed);
  }
});

function plainText(row: string): string {
  const characters = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" } as const;
  return row
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: keyof typeof characters) => characters[name]);
}
