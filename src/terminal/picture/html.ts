// A picture as an HTML page that needs nothing else: no script, no font, no image (its policy says so). Characters
// stand in boxes as wide as their cells (`ch`), ASCII alone flows, so that columns line up in any monospace font and
// text can still be selected and copied.

import { escapeMarkup, linkAddress } from "./markup.ts";
import type { Box, Picture } from "./picture.ts";
import { textOf, textPieces } from "./text-pieces.ts";
import { FONT_FAMILIES } from "./theme.ts";

const DECORATIONS = { single: "solid", double: "double", curly: "wavy", dotted: "dotted", dashed: "dashed" } as const;

export function htmlOf(picture: Picture): string {
  const styles = new StyleSheet();
  const rows = picture.lines.map((boxes) => `<div>${rowMarkup(boxes, picture.foreground, styles)}</div>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(picture.title)}</title>
<style>
body{margin:0;background:${picture.background};color:${picture.foreground}}
main{padding:12px;width:${picture.cols}ch;font:15px/1.15 ${FONT_FAMILIES};font-variant-ligatures:none}
main div{height:1.15em;white-space:pre;direction:ltr}
main span{display:inline-block;height:1.15em;vertical-align:top}
main a{color:inherit;text-decoration:none}
.w1{width:1ch}
.w2{width:2ch;text-align:center}
s.o{text-decoration:overline}
s.b{text-decoration:overline line-through}
${styles.rules()}</style>
</head>
<body>
<main>
${rows.join("\n")}
</main>
</body>
</html>
`;
}

function rowMarkup(boxes: readonly Box[], foreground: string, styles: StyleSheet): string {
  let out = "";
  for (const box of boxes) {
    const css = boxStyle(box, foreground);
    const name = css === "" ? "" : styles.nameOf(css);
    let inside = "";
    for (const piece of textPieces(box.glyphs)) {
      if (piece.kind === "ascii") inside += name === "" ? content(box, textOf(piece)) : span(name, box, textOf(piece));
      else {
        for (const { text, cells } of piece.glyphs) {
          inside += span(`${name} ${cells === 2 ? "w2" : "w1"}`.trim(), box, text);
        }
      }
    }
    const address = linkAddress(box.link);
    out += address === undefined ? inside : `<a href="${address}" rel="noreferrer noopener">${inside}</a>`;
  }
  return out;
}

function span(names: string, box: Box, text: string): string {
  return `<span class="${names}">${content(box, text)}</span>`;
}

/** Strikethrough and overline are elements of their own: the underline's style and colour are not theirs. */
function content({ strikethrough, overline }: Box, text: string): string {
  const escaped = escapeMarkup(text);
  if (overline) return `<s class="${strikethrough ? "b" : "o"}">${escaped}</s>`;
  return strikethrough ? `<s>${escaped}</s>` : escaped;
}

function boxStyle(box: Box, foreground: string): string {
  const { underline, cursor } = box;
  return [
    box.fg === foreground ? "" : `color:${box.fg};`,
    box.bg === undefined ? "" : `background:${box.bg};`,
    box.bold ? "font-weight:bold;" : "",
    box.italic ? "font-style:italic;" : "",
    underline ? `text-decoration:underline ${DECORATIONS[underline.kind]} ${underline.colour};` : "",
    cursor?.shape === "bar" ? `box-shadow:inset 2px 0 ${cursor.colour};` : "",
    cursor?.shape === "underline" ? `box-shadow:inset 0 -2px ${cursor.colour};` : "",
  ].join("");
}

/** Equal styles share one class: most screens have a dozen. */
class StyleSheet {
  readonly #names = new Map<string, string>();

  nameOf(css: string): string {
    const known = this.#names.get(css);
    if (known !== undefined) return known;
    const name = `c${this.#names.size}`;
    this.#names.set(css, name);
    return name;
  }

  rules(): string {
    return [...this.#names].map(([css, name]) => `.${name}{${css}}\n`).join("");
  }
}
