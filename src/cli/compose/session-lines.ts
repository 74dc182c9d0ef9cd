// What `bide compose` shows of a session: the last lines that were printed, or the whole screen of a full-screen
// program. Asked for, never attached: the session is not resized and nobody's input is taken.

import type { SessionConnection } from "../../client/index.ts";

export async function sessionLines(connection: SessionConnection, count: number): Promise<string[]> {
  const state = await connection.request("screen.state", {});
  if (state.alternate) return withoutBlankEnd(state.lines.map(({ text }) => text)).slice(-count);
  const { bytes } = await connection.requestBytes("history.read", { format: "text", lines: count });
  return withoutBlankEnd(new TextDecoder().decode(bytes).split("\n"));
}

function withoutBlankEnd(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
}
