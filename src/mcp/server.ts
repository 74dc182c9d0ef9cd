// `bide mcp`: an MCP server on standard input and output, made of the official SDK. It owns nothing: sessions outlive it,
// and each tool asks the host or a worker like any client. Loaded by that verb alone, because the SDK takes 50 ms.

import { McpServer } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { BideError, messageOf } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { HostLink } from "./host-link.ts";
import { addResources } from "./resources.ts";
import type { Tool } from "./tool.ts";
import { COMMANDS } from "./tools/commands.ts";
import { LIST } from "./tools/list.ts";
import { LOGS } from "./tools/logs.ts";
import { PROMPT } from "./tools/prompt.ts";
import { RESTART } from "./tools/restart.ts";
import { type RunToolOptions, runTool } from "./tools/run.ts";
import { SCREEN } from "./tools/screen.ts";
import { SEND } from "./tools/send.ts";
import { startTool } from "./tools/start.ts";
import { STATUS } from "./tools/status.ts";
import { STOP } from "./tools/stop.ts";
import { WAIT } from "./tools/wait.ts";

export interface McpOptions extends RunToolOptions {
  /** Program and arguments that run bide: how a host is started. */
  readonly command: readonly string[];
}

const INSTRUCTIONS =
  "bide keeps terminal programs alive in sessions. start a program or run a command, then read its screen or logs, send or " +
  "prompt it, wait for it. Sessions go on when this server ends.";

/** Serves until standard input ends. */
export async function serveMcp(options: McpOptions): Promise<void> {
  using host = new HostLink(options);
  const tools: readonly Tool[] = [
    startTool(options.startOptions),
    LIST,
    STATUS,
    SCREEN,
    LOGS,
    SEND,
    PROMPT,
    runTool(options),
    COMMANDS,
    WAIT,
    STOP,
    RESTART,
  ];
  const transport = new StdioServerTransport();
  const ended = new Promise<void>((resolve) => {
    const close = transport.close.bind(transport);
    transport.close = async () => {
      await close();
      resolve();
    };
  });
  serveStdio(
    () => {
      const server = new McpServer(
        { name: "bide", version: VERSION },
        { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
      );
      for (const tool of tools) addTool(server, host, tool);
      addResources(server, host);
      return server;
    },
    { transport },
  );
  await ended;
}

function addTool(server: McpServer, host: HostLink, tool: Tool): void {
  const { name, description, input, reads, destroys = false, call } = tool;
  const annotations = { readOnlyHint: reads, destructiveHint: destroys, openWorldHint: false };
  const inputSchema = toStandardJsonSchema(input);
  server.registerTool(name, { description, inputSchema, annotations }, async (args, { mcpReq }) => {
    try {
      const { text, data } = await call(args, { host, signal: mcpReq.signal });
      return { content: [{ type: "text", text }], structuredContent: data };
    } catch (error) {
      return { content: [{ type: "text", text: complaint(error) }], isError: true };
    }
  });
}

/** What went wrong and how to fix it, in words that a model can act on. */
function complaint(error: unknown): string {
  if (!(error instanceof BideError)) return `internal: ${messageOf(error)}`;
  const hint = error.hint === undefined ? "" : `\nhint: ${error.hint}`;
  return `${error.code}: ${error.message}${hint}`;
}
