// A key that a person pressed after the prefix: the commands that are bound to it run for that client. What they print is
// shown on its status row.

import { canonicalKey } from "../keys/key-name.ts";
import { KeyTables } from "../keys/key-tables.ts";
import { showClient } from "./attached-clients.ts";
import type { TmuxClient } from "./client.ts";
import { runCommands } from "./queue.ts";
import type { TmuxServer } from "./tmux-server.ts";

/** The tables of a server, made at the first question about keys. */
export function keyTables(server: TmuxServer): KeyTables {
  if (server.keys === undefined) {
    server.keys = KeyTables.withDefaults();
    if (Array.isArray(server.savedKeys)) server.keys.load(server.savedKeys);
  }
  return server.keys;
}

export async function runBinding(server: TmuxServer, client: TmuxClient, table: string, key: string): Promise<void> {
  client.activityAt = Date.now();
  if (client.session !== undefined) server.touch(client.session);
  const binding = keyTables(server).find(table, canonicalKey(key) ?? key);
  if (binding === undefined) return;
  const say = (text: string) => {
    client.message = text.trimEnd().split("\n").at(-1) ?? "";
    showClient(server, client);
    setTimeout(
      () => {
        client.message = null;
        showClient(server, client);
      },
      server.settings.number("display-time", { session: client.session }),
    ).unref();
  };
  await runCommands(server, binding.commands, {
    client,
    print: (bytes) => say(new TextDecoder().decode(bytes)),
    error: say,
  });
}
