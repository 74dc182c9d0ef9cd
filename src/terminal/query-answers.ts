// What bide says when a program asks its terminal something and no terminal is attached. The session calls it
// with each Query of the screen model and types the bytes into the program.
// Rule kept (faults S7): answers are built from constants and numbers only. There is no report of the title,
// the icon name, the clipboard or any other text that a program could have put there.

import { paletteColour } from "./palette.ts";
import type { Query, StatusSetting } from "./query.ts";

/** What the answers need beyond the query. Colours are 0xrrggbb. */
export interface TerminalFacts {
  /** bide's own version, for XTVERSION. */
  readonly version: string;
  readonly foreground: number;
  readonly background: number;
  readonly cursor: number;
  /** Size of one cell in pixels. */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Light on dark with common cells: what most terminals would say, for when nobody said otherwise. */
export const DEFAULT_FACTS: Omit<TerminalFacts, "version"> = {
  foreground: 0xe5e5e5,
  background: 0x111111,
  cursor: 0xe5e5e5,
  cellWidth: 8,
  cellHeight: 16,
};

const SETTING_FINALS: Record<Exclude<StatusSetting, "unknown">, string> = {
  sgr: "m",
  decstbm: "r",
  decscusr: " q",
  decslrm: "s",
  decsca: '"q',
  decscl: '"p',
};

const encoder = new TextEncoder();

/** The bytes that answer the query; every query has exactly one answer. */
export function answerQuery(query: Query, facts: TerminalFacts): Uint8Array {
  return encoder.encode(answer(query, facts));
}

function answer(query: Query, facts: TerminalFacts): string {
  switch (query.kind) {
    case "da1":
      // A VT220 with ANSI colours.
      return csi("?62;22c");
    case "da2":
      // 277 is the xterm whose successors have SGR mouse reports: vim and emacs decide by this number.
      return csi(">1;277;0c");
    case "da3":
      return dcs("!|00000000");
    case "xtversion":
      return dcs(`>|bide(${facts.version.replace(/[^0-9A-Za-z.+-]/g, "")})`);
    case "dsr5":
      return csi("0n");
    case "cpr":
      return csi(`${whole(query.row)};${whole(query.col)}R`);
    case "decxcpr":
      return csi(`?${whole(query.row)};${whole(query.col)};1R`);
    case "decrqm":
      return csi(`${query.private ? "?" : ""}${whole(query.mode)};${whole(query.value)}$y`);
    case "decrqss":
      return dcs(setting(query.setting, query.parameters));
    case "kitty-flags":
      return csi(`?${whole(query.flags)}u`);
    case "modify-other-keys":
      return csi(`>4;${whole(query.value)}m`);
    case "osc-colour":
      return osc(`${whole(query.target)};${colour(query.rgb ?? specialColour(query.target, facts))}`);
    case "osc-palette":
      return osc(`4;${whole(query.index)};${colour(query.rgb ?? paletteColour(query.index, BASIC))}`);
    case "window-size":
      return csi(`${windowSize(query.report, query.rows, query.cols, facts)}t`);
    case "theme":
      return csi(`?997;${isDark(query.background ?? facts.background) ? 1 : 2}n`);
    case "xtgettcap":
      return dcs("0+r");
  }
}

function csi(body: string): string {
  return `\x1b[${body}`;
}

function dcs(body: string): string {
  return `\x1bP${body}\x1b\\`;
}

function osc(body: string): string {
  return `\x1b]${body}\x1b\\`;
}

/** A number as digits and nothing else, whatever arrives: no sign, fraction, exponent or NaN. */
function whole(value: number): string {
  return String(Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), 0), 0x7fffffff) : 0);
}

function setting(name: StatusSetting, parameters: string): string {
  if (name === "unknown" || !/^[\d;:]*$/.test(parameters)) return "0$r";
  return `1$r${parameters}${SETTING_FINALS[name]}`;
}

function specialColour(target: 10 | 11 | 12 | 17 | 19, facts: TerminalFacts): number {
  if (target === 12) return facts.cursor;
  // Selected text (17 behind, 19 in front) is inverse.
  return target === 10 || target === 17 ? facts.foreground : facts.background;
}

/** XParseColor's form with 16 bits for each part, as xterm answers. */
function colour(rgb: number): string {
  const part = (shift: number) => ((rgb >> shift) & 0xff).toString(16).padStart(2, "0").repeat(2);
  return `rgb:${part(16)}/${part(8)}/${part(0)}`;
}

/** xterm's colours 0 to 15. */
const BASIC = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
function windowSize(report: 14 | 16 | 18 | 19, rows: number, cols: number, facts: TerminalFacts): string {
  if (report === 14) return `4;${whole(rows * facts.cellHeight)};${whole(cols * facts.cellWidth)}`;
  if (report === 16) return `6;${whole(facts.cellHeight)};${whole(facts.cellWidth)}`;
  return `${report === 18 ? 8 : 9};${whole(rows)};${whole(cols)}`;
}

/** By perceived brightness (Rec. 601 weights), as programs themselves judge OSC 11's answer. */
function isDark(rgb: number): boolean {
  return 0.299 * ((rgb >> 16) & 0xff) + 0.587 * ((rgb >> 8) & 0xff) + 0.114 * (rgb & 0xff) < 128;
}
