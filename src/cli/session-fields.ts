// What `status SEL` and `inspect` say about a session.

import type { Session } from "../protocol/session.ts";
import { ageOf } from "./age.ts";
import type { Field } from "./field-list.ts";
import { commandText, pathText, stateText } from "./session-text.ts";

/** `blocked: needs your permission (for 5m)`. */
function agentText({ agent_state, agent_reason, agent_since }: Session): string | null {
  if (agent_state === null) return null;
  const why = agent_reason === null ? "" : `: ${agent_reason}`;
  return `${agent_state}${why}${agent_since === null ? "" : ` (for ${ageOf(agent_since)})`}`;
}

export function sessionFields(session: Session, home: string | undefined): Field[] {
  const labels = Object.entries(session.labels).map(([key, value]) => `${key}=${value}`);
  return [
    ["name", session.name],
    ["id", session.session_id],
    ["pane", session.pane_id],
    ["state", stateText(session)],
    ["failure", session.failure?.message],
    ["command", commandText(session.argv)],
    ["cwd", pathText(session.cwd, home)],
    ["role", session.role],
    ["workspace", session.workspace],
    ["labels", labels.join(" ")],
    ["parent", session.parent_session_id],
    ["agent state", agentText(session)],
    ["title", session.title],
    ["size", `${session.cols}x${session.rows}`],
    ["clients", session.attached_clients],
    ["owner", session.input_owner],
    ["worker pid", session.worker_pid],
    ["child pid", session.child_pid],
    ["created", `${session.created_at} (${ageOf(session.created_at)} ago)`],
    ["started", session.started_at],
    ["ended", session.ended_at],
    ["last output", session.last_output_at],
    ["output", `${session.output_bytes} bytes`],
  ];
}
