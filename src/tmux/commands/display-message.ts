// display-message: a format, printed with -p or shown on the status row of a client.

import { showClient } from "../server/attached-clients.ts";
import type { CommandContext, CommandHandler } from "../server/command-context.ts";
import { allValues, expand } from "../server/expand.ts";
import type { Target } from "../targets/target.ts";
import { numberProblem } from "./new-session.ts";

/** The window of a target whose pane could not be found, else its session. */
function partOf(context: CommandContext): Target | undefined {
  const text = context.args.value("t") ?? "";
  const colon = text.indexOf(":");
  if (colon < 0) return undefined;
  const dot = text.lastIndexOf(".");
  const window = dot > colon ? context.find(text.slice(0, dot), "window") : undefined;
  if (window?.ok) return window.value;
  const session = context.find(text.slice(0, colon + 1), "session");
  return session.ok ? session.value : undefined;
}

const DEFAULT_MESSAGE =
  "[#{session_name}] #{window_index}:#{window_name}, current pane #{pane_index} - (%H:%M %d-%b-%y)";

export const displayMessage: CommandHandler = {
  async run(context) {
    const { server, args, client } = context;
    // A target that is not there is no failure here: what was found of it counts, and the rest is empty (oracle, 3.3a).
    const target = args.has("t") ? context.target("pane") : undefined;
    const place = target === undefined ? context.current() : target.ok ? target.value : partOf(context);
    if (args.has("F") && args.values.length > 0) return context.fail("only one of -F or argument must be given");
    const delay = args.value("d");
    const problem = delay === undefined ? undefined : numberProblem(delay, 0, 4294967295);
    if (problem !== undefined) return context.fail(`delay ${problem}`);
    if (args.has("I")) {
      const answer = await client.voice.ask({ kind: "stdin" });
      if (place?.pane === undefined || answer.data === undefined) return context.fail("pane is not empty");
      const link = await server.programs.link(place.pane);
      await link?.send([{ kind: "bytes", data: answer.data }]);
      return undefined;
    }
    // A client that is not there is no failure either.
    const shown = context.attachedClient(args.value("c"));
    const other = shown.ok ? shown.value : undefined;
    const format = args.value("F") ?? args.text(0) ?? DEFAULT_MESSAGE;
    const about = { client: other, extra: { ...context.runner.formats } };
    if (args.has("a")) {
      for (const [name, value] of await allValues(server, { ...place, ...about })) context.print(`${name}=${value}`);
      return undefined;
    }
    const text = args.has("l") ? format : await expand(server, format, { ...place, ...about }, { time: true });
    if (args.has("p")) {
      context.print(text);
      return undefined;
    }
    server.say(`message: ${text}`);
    if (other === undefined || other.control) return undefined;
    other.message = text;
    showClient(server, other);
    const wait =
      delay === undefined ? server.settings.number("display-time", { session: other.session }) : Number(delay);
    if (wait > 0) {
      setTimeout(() => {
        if (other.message !== text) return;
        other.message = null;
        showClient(server, other);
      }, wait).unref();
    }
    return undefined;
  },
};
