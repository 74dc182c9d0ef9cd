// `bide doctor`: what is wrong, without a host. Exit code 1 only if something is critical.

import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { writeJson, writeLine } from "../output.ts";
import type { DoctorCheck, DoctorRepair } from "../roles.ts";
import { type Style, type StyleName, styleFor } from "../terminal-style.ts";

const STYLES: Readonly<Record<DoctorCheck["severity"] | "ok", StyleName>> = {
  ok: "green",
  info: "dim",
  warning: "yellow",
  critical: "red",
};

export const run: Command = async ({ flags, json, env, roles }) => {
  const report = await roles.doctor({ repair: flags.all("repair") });
  if (json) writeJson({ schema_version: 1, ...report });
  else {
    const style = styleFor(1, env);
    for (const check of report.checks) writeLine(checkText(check, style));
    for (const repair of report.repairs) writeLine(repairText(repair));
    writeLine(style(STYLES[report.status], report.status));
  }
  return report.status === "critical" ? 1 : 0;
};

function checkText({ code, severity, message, path, repairable }: DoctorCheck, style: Style): string {
  const where = path === null || message.includes(path) ? "" : ` (${visible(path)})`;
  const how = repairable ? " [repairable]" : "";
  return `${style(STYLES[severity], severity.padEnd(8))} ${code}: ${visible(message)}${where}${how}`;
}

function repairText({ code, status, message, path }: DoctorRepair): string {
  return `repair   ${code} ${status}: ${visible(message)}${path === null ? "" : ` (${visible(path)})`}`;
}
