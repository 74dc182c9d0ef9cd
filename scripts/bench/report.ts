// Prints what was measured: as a table for people while it runs, and as the Markdown that docs/performance.md holds.

import { cpus, release, totalmem } from "node:os";
import type { Reference, Row } from "./figure.ts";

export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly bun: string;
  /** `bide 0.1.0`, `tmux 3.3a`, ... */
  readonly versions: readonly string[];
  /** The load average of the minute before the run: other work on the machine lengthens every tail. */
  readonly load: number;
}

const COLUMNS = ["bide", "runtime", "pty", "tmux", "dtach", "screen"] as const;
const TITLES: Record<Reference, string> = { runtime: "bare runtime", pty: "bare PTY" };

export function describeMachine(versions: readonly string[], load: number): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    bun: Bun.version,
    versions,
    load,
  };
}

/** A table with aligned columns, for a terminal. */
export function asText(rows: readonly Row[]): string {
  const cells = [header(), ...rows.map(cellsOf)];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = cells.map((line) => line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join("  "));
  return lines.map((line) => line.trimEnd()).join("\n");
}

export function asMarkdown(machine: Machine, rows: readonly Row[]): string {
  const lines = [header(), header().map((_, column) => (isNumber(column) ? "--:" : "---")), ...rows.map(cellsOf)];
  const table = lines.map((line) => `| ${line.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
  return `${machineLine(machine)}\n\n${table}\n`;
}

export function machineLine(machine: Machine): string {
  const { date, cpu, cores, memoryGb, system, bun, versions, load } = machine;
  const what = `${date}, ${cores} x ${cpu}, ${memoryGb} GB, ${system}`;
  return `Measured ${what}; ${versions.join(", ")}, Bun ${bun}; load average before the run ${load.toFixed(1)}.`;
}

function header(): string[] {
  const titles = COLUMNS.map((column) => (column in TITLES ? TITLES[column as Reference] : column));
  return ["measure", ...titles, "target", "met", "note"];
}

function cellsOf(row: Row): string[] {
  const numbers = COLUMNS.map((column) => format(row.values[column], row.unit));
  const met = row.target ? (row.target.met ? "yes" : "no") : "";
  return [row.measure, ...numbers, row.target?.text ?? "", met, row.note ?? ""];
}

function format(value: number | undefined, unit: Row["unit"]): string {
  if (value === undefined) return "";
  if (Number.isNaN(value)) return "failed";
  if (!Number.isFinite(value)) return "not seen";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

function isNumber(column: number): boolean {
  return column > 0 && column <= COLUMNS.length;
}

function pad(cell: string, width: number, column: number): string {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
}
