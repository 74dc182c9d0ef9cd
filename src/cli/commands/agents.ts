// `bide agents [NAME...]`: the profiles that `bide agent` knows, and whether their programs are on the caller's PATH now.
// Never starts a host.

import { resolve } from "node:path";
import { readAgentConfig } from "../../agents/agent-config.ts";
import { findBinary, findProfile } from "../../agents/find-profile.ts";
import { BUILT_IN_PROFILES } from "../../agents/profiles.ts";
import { unwrap } from "../../base/errors.ts";
import { callerDirectory } from "../caller.ts";
import { terminalSize } from "../caller-terminal.ts";
import type { Command } from "../command.ts";
import { writeJson, writeText } from "../output.ts";
import { styleFor } from "../terminal-style.ts";
import { tableLines } from "../text-table.ts";

export const run: Command = async ({ flags, positionals, json, env }) => {
  const file = flags.text("agent-config");
  const configured = file === undefined ? undefined : unwrap(readAgentConfig(resolve(file)));
  const wanted =
    positionals.length === 0
      ? [...BUILT_IN_PROFILES, ...(configured ?? [])]
      : positionals.map((name) => unwrap(findProfile(name, configured)));
  const rows = wanted.map((profile) => ({ ...profile, path: findBinary(profile, env, callerDirectory() ?? "/") }));
  if (json) {
    const agents = rows.map(({ name, kind, binary, sessionBase, statusDefault, path = null }) => ({
      profile: name,
      kind,
      binary,
      session_base: sessionBase,
      status_default: statusDefault,
      available: path !== null,
      path,
    }));
    writeJson({ schema_version: 1, agents });
    return 0;
  }
  const lines = tableLines(
    [
      { title: "PROFILE", cell: (row) => row.name },
      { title: "BINARY", cell: (row) => row.binary },
      { title: "SESSION", cell: (row) => row.sessionBase },
      { title: "STATUS", cell: (row) => (row.statusDefault ? "on" : "off") },
      { title: "AVAILABLE", cell: (row) => (row.path === undefined ? "missing" : "available") },
      { title: "PATH", cell: (row) => row.path ?? "-" },
      { title: "KIND", cell: (row) => row.kind },
    ],
    rows,
    { style: styleFor(1, env), width: terminalSize(1)?.cols || undefined },
  );
  writeText(`${lines.join("\n")}\n`);
  return 0;
};
