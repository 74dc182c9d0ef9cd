// The official MCP client on `bide mcp`, as an agent runs it: a process of its own with pipes on both ends.

import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { BIDE, type Sandbox } from "../support/sandbox.ts";

export interface Answer {
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the answer.
  readonly data: any;
  readonly failed: boolean;
}

export class AgentClient implements AsyncDisposable {
  readonly client = new Client({ name: "test", version: "1" });
  readonly transport: StdioClientTransport;

  private constructor(box: Sandbox, env: Readonly<Record<string, string>>) {
    this.transport = new StdioClientTransport({
      command: BIDE,
      args: ["mcp"],
      cwd: box.home,
      env: { ...box.env, ...env },
      stderr: "inherit",
    });
  }

  static async start(box: Sandbox, env: Readonly<Record<string, string>> = {}): Promise<AgentClient> {
    const agent = new AgentClient(box, env);
    await agent.client.connect(agent.transport);
    return agent;
  }

  /** Calls a tool; a failed call is an answer too. */
  async call(name: string, args: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<Answer> {
    const result = await this.client.callTool({ name, arguments: { ...args } }, { signal });
    const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("");
    return { text, data: result.structuredContent, failed: result.isError === true };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
  }
}
