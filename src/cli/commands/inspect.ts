// `bide inspect SEL`: everything about one session.

import type { Command } from "../command.ts";
import { type Field, writeFields } from "../field-list.ts";
import { writeJson, writeText } from "../output.ts";
import { takeSelector } from "../selector.ts";
import { sessionFields } from "../session-fields.ts";
import { styleFor } from "../terminal-style.ts";

export const run: Command = async (context) => {
  const bide = await context.connect();
  const found = await bide.request("session.inspect", takeSelector(context));
  if (context.json) {
    writeJson({ schema_version: 1, ...found });
    return 0;
  }
  const style = styleFor(1, context.env);
  const section = (title: string, fields: readonly Field[]) => {
    if (fields.length === 0) return;
    writeText(`\n${style("bold", title)}\n`);
    writeFields(fields, style);
  };
  writeFields(sessionFields(found.session, context.env.HOME), style);
  section("Files", Object.entries(found.paths));
  section(
    "Clients",
    found.clients.map((client) => [
      client.client_id,
      [
        `${client.cols}x${client.rows} since ${client.since}`,
        ...(client.owner ? ["owner"] : []),
        ...(client.read_only ? ["read-only"] : []),
      ].join(", "),
    ]),
  );
  section("Environment", Object.entries(found.env));
  return 0;
};
