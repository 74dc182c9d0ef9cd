// `bide ps [SEL]`: the process trees of sessions.

import type { ProcessInfo } from "../../protocol/host-messages.ts";
import type { Session } from "../../protocol/session.ts";
import { shortAge } from "../age.ts";
import { terminalSize } from "../caller-terminal.ts";
import type { Command } from "../command.ts";
import { say, writeJson, writeText } from "../output.ts";
import { takeOptionalSelector } from "../selector.ts";
import { styleFor } from "../terminal-style.ts";
import { type Column, tableLines } from "../text-table.ts";

export const run: Command = async (context) => {
  const { flags, json, env } = context;
  const selector = takeOptionalSelector(context) ?? null;
  const bide = await context.connect();
  const { processes } = await bide.request("session.processes", { selector, orphans: flags.has("orphans") });
  if (json) {
    writeJson({ schema_version: 1, processes });
    return 0;
  }
  if (processes.length === 0) {
    say("no processes");
    return 0;
  }
  const { sessions } = await bide.request("session.list", { all: true });
  const options = { style: styleFor(1, env), width: terminalSize(1)?.cols || undefined };
  writeText(`${tableLines(columns(sessions), processes, options).join("\n")}\n`);
  return 0;
};

function columns(sessions: readonly Session[]): Column<ProcessInfo>[] {
  const names = new Map(sessions.map((session) => [session.session_id, session.name]));
  return [
    { title: "SESSION", cell: (row) => names.get(row.session_id) ?? row.session_id.slice(0, 8) },
    { title: "PID", cell: (row) => String(row.pid), alignRight: true },
    { title: "PGID", cell: (row) => String(row.pgid), alignRight: true },
    { title: "STATE", cell: (row) => (row.orphan ? `${row.state} orphan` : row.state) },
    { title: "CPU%", cell: (row) => row.cpu_percent.toFixed(1), alignRight: true },
    { title: "MEM", cell: (row) => memoryText(row.rss_kib), alignRight: true },
    { title: "ELAPSED", cell: (row) => shortAge(row.elapsed_s * 1000), alignRight: true },
    { title: "COMMAND", cell: (row) => `${"  ".repeat(row.depth)}${row.command}` },
  ];
}

function memoryText(kib: number): string {
  if (kib < 1024) return `${kib}K`;
  if (kib < 1024 * 1024) return `${Math.round(kib / 1024)}M`;
  return `${(kib / (1024 * 1024)).toFixed(1)}G`;
}
