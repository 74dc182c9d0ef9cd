// `bide doctor`: what is wrong, without a host. Exit code 1 only if something is critical.

import { visible } from "../../terminal/visible.ts";
import type { Command } from "../command.ts";
import { writeJson, writeLine } from "../output.ts";
import type { DoctorCheck } from "../roles.ts";
import { type StyleName, styleFor } from "../terminal-style.ts";

const STYLES: Readonly<Record<DoctorCheck["severity"], StyleName>> = {
  ok: "green",
  warning: "yellow",
  critical: "red",
};

export const run: Command = async ({ flags, json, env, roles }) => {
  const report = await roles.doctor({ repair: flags.all("repair") });
  const exitCode = report.status === "critical" ? 1 : 0;
  if (json) {
    writeJson({ schema_version: 1, ...report });
    return exitCode;
  }
  const style = styleFor(1, env);
  for (const check of report.checks) {
    const where = check.path ? ` (${visible(check.path)})` : "";
    writeLine(
      `${style(STYLES[check.severity], check.severity.padEnd(8))} ${check.code}: ${visible(check.message)}${where}`,
    );
    if (check.repairable && check.severity !== "ok")
      writeLine(`         repair it with: bide doctor --repair ${check.code}`);
  }
  for (const repair of report.repairs) writeLine(`repaired ${visible(repairText(repair))}`);
  writeLine(style(STYLES[report.status], report.status));
  return exitCode;
};

function repairText(repair: unknown): string {
  return typeof repair === "string" ? repair : JSON.stringify(repair);
}
