// `bide list`: sessions as a table, as names, or as JSON.

import type { Session } from "../../protocol/session.ts";
import { isLive } from "../../protocol/session-state.ts";
import { ageOf } from "../age.ts";
import { callerPath } from "../caller.ts";
import { terminalSize } from "../caller-terminal.ts";
import type { Command } from "../command.ts";
import { say, writeLine, writeText } from "../output.ts";
import { writeSessions } from "../session-output.ts";
import { commandText, pathText, stateStyle, stateText } from "../session-text.ts";
import { styleFor } from "../terminal-style.ts";
import { type Column, tableLines } from "../text-table.ts";

export const run: Command = async ({ flags, json, env, ask }) => {
  const workspace = flags.text("workspace");
  const { sessions } = await ask("session.list", {
    all: flags.has("all"),
    archived: flags.has("archived"),
    children: flags.has("children"),
    role: flags.text("role"),
    workspace: workspace === undefined ? undefined : callerPath(workspace),
    labels: flags.has("label") ? flags.pairs("label") : undefined,
    state: flags.text("state") as Session["state"] | undefined,
  });
  if (json) writeSessions(sessions, false);
  else if (flags.has("short")) for (const session of sessions) writeLine(session.name);
  else if (sessions.length === 0) say("no sessions");
  else {
    const options = { style: styleFor(1, env), width: terminalSize(1)?.cols || undefined };
    writeText(`${tableLines(columns(env.HOME), sessions, options).join("\n")}\n`);
  }
  return 0;
};

/** With what the agent in it does, where there is one that runs. */
function listedState(session: Session): string {
  const { agent_state } = session;
  return agent_state === null || !isLive(session) ? stateText(session) : `${stateText(session)} (${agent_state})`;
}

function columns(home: string | undefined): Column<Session>[] {
  return [
    { title: "NAME", cell: (session) => session.name },
    { title: "PANE", cell: (session) => session.pane_id },
    { title: "STATE", cell: listedState, style: stateStyle },
    { title: "CLIENTS", cell: (session) => String(session.attached_clients), alignRight: true },
    { title: "AGE", cell: (session) => ageOf(session.created_at), alignRight: true },
    { title: "IDLE", cell: (session) => ageOf(session.last_output_at), alignRight: true },
    { title: "CWD", cell: (session) => pathText(session.cwd, home) },
    { title: "COMMAND", cell: (session) => commandText(session.argv) },
  ];
}
