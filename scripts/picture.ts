// Draws a session's screen as an SVG, from the JSON of `bide screen --json` on standard input:
//   bide screen work --json | scripts/bun scripts/picture.ts > docs/session.svg
// The picture in the README is made this way, of a real session.

import { readFileSync } from "node:fs";

interface Run {
  readonly col: number;
  readonly cells: number;
  readonly fg?: string | number;
  readonly bg?: string | number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
}

interface Screen {
  readonly rows: number;
  readonly cols: number;
  readonly cursor: { readonly row: number; readonly col: number; readonly visible: boolean };
  readonly lines: readonly { readonly text: string; readonly runs: readonly Run[] }[];
}

const CELL = { width: 8.4, height: 18, baseline: 13.5 };
const MARGIN = 14;
const FOREGROUND = "#d8dee9";
const BACKGROUND = "#1d2129";
const COLOURS = [
  "#3b4252",
  "#e06c75",
  "#98c379",
  "#e5c07b",
  "#61afef",
  "#c678dd",
  "#56b6c2",
  "#d8dee9",
  "#5c6370",
  "#ff7a85",
  "#b5e890",
  "#ffd787",
  "#83c5ff",
  "#dd9bf0",
  "#7fd8e3",
  "#ffffff",
];

const screen = JSON.parse(readFileSync(0, "utf8")) as Screen;
const width = screen.cols * CELL.width + 2 * MARGIN;
const height = screen.rows * CELL.height + 2 * MARGIN;
const parts: string[] = [];

for (const [row, line] of screen.lines.entries()) {
  const cells = [...line.text];
  let at = 0;
  for (const run of [...line.runs, { col: cells.length, cells: 0 } as Run]) {
    if (run.col > at) draw(row, at, cells.slice(at, run.col).join(""), {});
    if (run.cells > 0)
      draw(
        row,
        run.col,
        cells
          .slice(run.col, run.col + run.cells)
          .join("")
          .padEnd(run.cells),
        run,
      );
    at = run.col + run.cells;
  }
}
if (screen.cursor.visible) rectangle(screen.cursor.row, screen.cursor.col, 1, FOREGROUND);

process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${parts.join("\n")}
</g>
</svg>
`);

function draw(row: number, col: number, text: string, run: Partial<Run>): void {
  const [fg, bg] = run.inverse
    ? [colour(run.bg, BACKGROUND), colour(run.fg, FOREGROUND)]
    : [colour(run.fg, FOREGROUND), run.bg === undefined ? undefined : colour(run.bg, BACKGROUND)];
  if (bg !== undefined) rectangle(row, col, [...text].length, bg);
  if (text.trim() === "") return;
  const style = [
    run.bold ? 'font-weight="bold"' : "",
    run.italic ? 'font-style="italic"' : "",
    run.dim ? 'opacity="0.6"' : "",
  ];
  const x = (MARGIN + col * CELL.width).toFixed(1);
  const y = MARGIN + row * CELL.height + CELL.baseline;
  const length = ([...text].length * CELL.width).toFixed(1);
  parts.push(
    `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacing" fill="${fg}" ${style.join(" ").trim()}>${xmlText(text)}</text>`,
  );
}

function rectangle(row: number, col: number, cells: number, fill: string): void {
  const x = (MARGIN + col * CELL.width).toFixed(1);
  parts.push(
    `<rect x="${x}" y="${MARGIN + row * CELL.height}" width="${(cells * CELL.width).toFixed(1)}" height="${CELL.height}" fill="${fill}"/>`,
  );
}

function colour(value: string | number | undefined, fallback: string): string {
  if (typeof value === "string" && value.startsWith("#")) return value;
  if (typeof value !== "number") return fallback;
  if (value < 16) return COLOURS[value] ?? fallback;
  if (value >= 232) return gray(8 + 10 * (value - 232));
  const level = (part: number) => (part === 0 ? 0 : 55 + 40 * part);
  const index = value - 16;
  return hex(level(Math.floor(index / 36)), level(Math.floor(index / 6) % 6), level(index % 6));
}

function gray(level: number): string {
  return hex(level, level, level);
}

function hex(...parts: number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
