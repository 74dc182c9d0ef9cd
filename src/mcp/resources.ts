// Sessions as MCP resources: bide://sessions/ID/screen is the screen as text, bide://sessions/ID/log the end of the log.
// For clients that let a person choose what a model gets to see.

import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import type { Session } from "../protocol/session.ts";
import type { HostLink } from "./host-link.ts";
import { sessionLine } from "./session-facts.ts";
import type { Tool } from "./tool.ts";
import { LOGS } from "./tools/logs.ts";
import { SCREEN } from "./tools/screen.ts";

interface Kind {
  readonly name: string;
  readonly title: string;
  readonly tool: Tool;
  readonly args: Readonly<Record<string, unknown>>;
  /** Whether a session has it. */
  readonly fits: (session: Session) => boolean;
}

const KINDS: readonly Kind[] = [
  {
    name: "screen",
    title: "screen",
    tool: SCREEN,
    args: { max_chars: 200_000 },
    fits: ({ state }) => state === "running",
  },
  { name: "log", title: "end of the log", tool: LOGS, args: { tail: 500, max_chars: 200_000 }, fits: () => true },
];

export function addResources(server: McpServer, host: HostLink): void {
  for (const { name, title, tool, args, fits } of KINDS) {
    const sessions = async () => (await host.request("session.list", {})).sessions.filter(fits);
    const template = new ResourceTemplate(`bide://sessions/{session}/${name}`, {
      list: async () => ({
        resources: (await sessions()).map((session) => ({
          uri: `bide://sessions/${session.session_id}/${name}`,
          name: `${session.name}: ${title}`,
          description: sessionLine(session),
          mimeType: "text/plain",
        })),
      }),
      complete: {
        session: async (begun) => (await sessions()).map((one) => one.name).filter((one) => one.startsWith(begun)),
      },
    });
    const about = { title: `Session ${title}`, mimeType: "text/plain" };
    server.registerResource(name, template, about, async (uri, { session }, { mcpReq }) => {
      const { text } = await tool.call({ session: String(session), ...args }, { host, signal: mcpReq.signal });
      return { contents: [{ uri: uri.href, mimeType: "text/plain", text }] };
    });
  }
}
