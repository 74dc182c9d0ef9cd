// `bide mcp`: serves MCP on standard input and output until that ends. What a session inherits is the server's own:
// environment, directory, umask and, when an agent in a session runs the server, that session as parent.

import { serveMcp } from "../../mcp/server.ts";
import type { Command } from "../command.ts";
import { Flags } from "../flags.ts";
import { shellFor } from "../running/start-run.ts";
import { startOptions } from "../start-options.ts";

export const run: Command = async (context) => {
  await serveMcp({
    command: context.roles.command,
    shell: () => shellFor(context.env),
    startOptions: ({ argv, name, cwd, env, size }) => {
      const given = new Map<string, string[]>([["env", Object.entries(env).map((pair) => pair.join("="))]]);
      if (cwd !== undefined) given.set("cwd", [cwd]);
      const options = startOptions({ ...context, program: argv, flags: new Flags(given) }, name);
      return size === undefined ? options : { ...options, ...size, xpixel: 0, ypixel: 0 };
    },
  });
  return 0;
};
