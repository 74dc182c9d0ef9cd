// Whether the system ends this user's sessions at logout: systemd-logind with KillUserProcesses=yes and no lingering
// (faults U3). Called by doctor.ts on Linux; reads configuration files only, in the order and with the precedence
// of logind.conf(5): the main file first, then all drop-ins by name, where /etc beats /run beats /usr.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { lookAt } from "../../base/file-kind.ts";
import { userName } from "../../base/user-name.ts";
import { type DoctorCheck, finding } from "./report.ts";

/** By falling precedence. */
const DIRECTORIES = ["etc", "run", "usr/local/lib", "usr/lib"];

/** `systemRoot`: "/", or where a test keeps its own files. */
export function checkLogout(systemRoot: string, user = userName()): DoctorCheck[] {
  if (!isThere(join(systemRoot, "run/systemd/system")) || user === undefined) return [];
  const settings = readSettings(systemRoot);
  if (!isYes(settings.get("KillUserProcesses"))) return [];
  const only = words(settings.get("KillOnlyUsers"));
  if (only.length > 0 && !only.includes(user)) return [];
  if (words(settings.get("KillExcludeUsers") ?? "root").includes(user)) return [];
  if (isThere(join(systemRoot, "var/lib/systemd/linger", user))) return [];
  const message =
    "logind.conf has KillUserProcesses=yes and lingering is off: sessions end when you log out; " +
    "`loginctl enable-linger` keeps them";
  return [finding("ended_at_logout", message)];
}

function readSettings(systemRoot: string): Map<string, string> {
  const places = DIRECTORIES.map((directory) => join(systemRoot, directory, "systemd"));
  const main = places.map((place) => join(place, "logind.conf")).find(isThere);
  const dropIns = new Map<string, string>();
  for (const place of places.toReversed()) {
    const directory = join(place, "logind.conf.d");
    for (const name of namesIn(directory)) if (name.endsWith(".conf")) dropIns.set(name, join(directory, name));
  }
  const ordered = [...dropIns.values()].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  const settings = new Map<string, string>();
  for (const path of [...(main === undefined ? [] : [main]), ...ordered]) {
    for (const line of textOf(path).split("\n")) {
      const match = /^\s*(Kill\w+)\s*=\s*(.*?)\s*$/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined) settings.set(match[1], match[2]);
    }
  }
  return settings;
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && ["yes", "true", "on", "1", "y", "t"].includes(value.toLowerCase());
}

function words(value: string | undefined): string[] {
  return (value ?? "").split(/\s+/).filter(Boolean);
}

function isThere(path: string): boolean {
  const found = lookAt(path);
  return found.ok && found.value !== undefined;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
