// Runs the commands of a hook: those set for the pane, window or session that it happened to, else the global ones. Hooks
// run with nobody to print to, as tmux's do; a failure is kept for `show-messages`.

import type { Target } from "../targets/target.ts";
import { parseCommandText, runCommands } from "./queue.ts";
import type { TmuxServer } from "./tmux-server.ts";

export async function runHook(
  server: TmuxServer,
  name: string,
  target: Target | undefined,
  formats: Readonly<Record<string, string>>,
): Promise<void> {
  const place = target === undefined ? {} : { session: target.session, window: target.window, pane: target.pane };
  for (const text of server.settings.hook(name, place)) {
    const parsed = parseCommandText(server, text);
    if (!parsed.ok) {
      server.say(parsed.message);
      continue;
    }
    await runCommands(server, parsed.value.commands, {
      client: server.nobody(),
      print: () => {},
      error: (message) => server.say(message),
      current: target,
      formats,
      quiet: true,
    });
  }
}
