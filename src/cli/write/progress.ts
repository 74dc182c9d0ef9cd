// The bar that `bide write` shows on a terminal while it works: one row on standard error, gone at the end.

import type { Environment } from "../../base/locations.ts";
import { isTerminal, terminalSize } from "../caller-terminal.ts";
import { writeError } from "../output.ts";

const DRAW_MS = 100;
const BAR_CELLS = 30;

export class Progress {
  readonly #total: number | undefined;
  readonly #shown: boolean;
  readonly #startMs = performance.now();
  #drawnMs = 0;

  /** `total`: bytes to come, undefined when nobody knows. Nothing is shown unless standard error is a terminal. */
  constructor(total: number | undefined, env: Environment) {
    this.#total = total;
    this.#shown = isTerminal(2) && env.TERM !== "dumb";
  }

  update(bytes: number): void {
    const now = performance.now();
    if (!this.#shown || now - this.#drawnMs < DRAW_MS) return;
    this.#drawnMs = now;
    const cols = terminalSize(2)?.cols || 80;
    writeError(`\r\x1b[K${this.#text(bytes, now).slice(0, Math.max(1, cols - 1))}`);
  }

  end(): void {
    if (this.#drawnMs > 0) writeError("\r\x1b[K");
    this.#drawnMs = 0;
  }

  #text(bytes: number, now: number): string {
    const rate = `${sizeText((bytes * 1000) / Math.max(1, now - this.#startMs))}/s`;
    if (this.#total === undefined) return `${sizeText(bytes)}  ${rate}`;
    const part = this.#total === 0 ? 1 : Math.min(1, bytes / this.#total);
    const full = Math.round(part * BAR_CELLS);
    const bar = `[${"#".repeat(full)}${" ".repeat(BAR_CELLS - full)}]`;
    return `${bar} ${Math.floor(part * 100)}%  ${sizeText(bytes)} of ${sizeText(this.#total)}  ${rate}`;
  }
}

export function sizeText(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
