// `bide config`: the configuration as it holds now, and where its file is. Never starts a host.

import { existsSync } from "node:fs";
import type { Command } from "../command.ts";
import { configPath, readConfiguration } from "../config.ts";
import { writeJson, writeLine } from "../output.ts";

export const run: Command = async ({ env, json }) => {
  const path = configPath(env);
  const exists = existsSync(path);
  const { attach, shell } = await readConfiguration(env);
  if (json) {
    writeJson({ schema_version: 1, path, exists, attach, shell });
    return 0;
  }
  writeLine(`# ${path}${exists ? "" : " (not there: these are the defaults)"}`);
  for (const [table, values] of Object.entries({ attach, shell })) {
    writeLine(`[${table}]`);
    for (const [key, value] of Object.entries(values)) {
      // TOML has no null: what is not set is shown as a comment.
      writeLine(value === null ? `# ${key} =` : `${key} = ${JSON.stringify(value)}`);
    }
  }
  return 0;
};
