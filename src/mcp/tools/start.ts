// start: a program in a new session.

import * as v from "valibot";
import type { StartOptions } from "../../protocol/session.ts";
import { sessionFacts, sessionLine } from "../session-facts.ts";
import { defineTool, type Tool } from "../tool.ts";

/** What the caller gives: everything else (environment, umask, parent) is the MCP server's own. */
export interface StartWish {
  readonly argv: readonly string[];
  readonly name: string | undefined;
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly size: { readonly rows: number; readonly cols: number } | undefined;
}

/** `optionsOf` completes a wish with what a session inherits from the command that starts it. */
export function startTool(optionsOf: (wish: StartWish) => StartOptions): Tool {
  return defineTool({
    name: "start",
    description:
      "Start a program in a new durable session and return at once. The program is executed as it is, without a shell; " +
      'for shell syntax use ["bash","-c","..."]. Without argv the user\'s login shell runs.',
    input: v.strictObject({
      argv: v.pipe(v.optional(v.array(v.string()), []), v.description("program and arguments")),
      name: v.pipe(v.optional(v.string()), v.description("name of the session; made from the program when left out")),
      cwd: v.pipe(v.optional(v.string()), v.description("directory of the program")),
      env: v.pipe(v.optional(v.record(v.string(), v.string()), {}), v.description("variables to set")),
      rows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
      cols: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
      role: v.pipe(v.optional(v.string()), v.description("shell, agent, worker, generic, or any word")),
    }),
    reads: false,
    async call({ argv, name, cwd, env, rows, cols, role }, { host }) {
      const size = rows === undefined && cols === undefined ? undefined : { rows: rows ?? 40, cols: cols ?? 120 };
      const options = optionsOf({ argv, name, cwd, env, size });
      const { session } = await host.request("session.start", { ...options, role });
      return { text: `started ${sessionLine(session)}`, data: { session: sessionFacts(session) } };
    },
  });
}
