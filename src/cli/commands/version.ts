// `bide version`: the versions of both ends; `bide --version`: of this one. Never starts a host.

import { VERSION } from "../../base/version.ts";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import type { Command } from "../command.ts";
import { writeJson, writeLine } from "../output.ts";

export function versionLine(): string {
  return `bide ${VERSION}`;
}

export const run: Command = async (context) => {
  // Whatever is wrong with the host or its directory, the version of this end can be told.
  const bide = await context.connect().catch(() => undefined);
  const host = bide?.host;
  if (context.json) {
    const ended = host === undefined ? null : { version: host.version, protocol: host.protocol, pid: host.pid };
    writeJson({
      schema_version: 1,
      version: VERSION,
      protocol: PROTOCOL_VERSION,
      runtime: `bun ${Bun.version}`,
      host: ended,
    });
    return 0;
  }
  writeLine(versionLine());
  if (host !== undefined && (host.version !== VERSION || host.protocol !== PROTOCOL_VERSION)) {
    writeLine(`host ${host.version} (protocol ${host.protocol}, this command: ${PROTOCOL_VERSION})`);
  } else if (host !== undefined) writeLine(`host ${host.version}`);
  return 0;
};
