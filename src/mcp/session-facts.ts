// How the tools tell of a session: few facts, because a model pays for every word. `bide list --json` has them all.

import type { Session } from "../protocol/session.ts";
import { visible } from "../terminal/visible.ts";

export interface SessionFacts extends Readonly<Record<string, unknown>> {
  readonly session_id: string;
  readonly name: string;
}

export function sessionFacts(session: Session): SessionFacts {
  const { session_id, name, pane_id, role, state, cwd, argv, exit_code, exit_signal, agent_state, title } = session;
  return {
    session_id,
    name,
    pane_id,
    role,
    state,
    cwd,
    argv,
    exit_code,
    exit_signal,
    agent_state,
    title: visible(title),
    last_output_at: session.last_output_at,
  };
}

/** `build (%3): running, make -j4 in /src` */
export function sessionLine({ name, pane_id, state, exit_code, exit_signal, agent_state, argv, cwd }: Session): string {
  const ended = exit_signal !== null ? ` by ${exit_signal}` : exit_code !== null ? ` with ${exit_code}` : "";
  const doing = agent_state === null ? "" : `, ${agent_state}`;
  return visible(`${name} (${pane_id}): ${state}${ended}${doing}, ${argv.join(" ")} in ${cwd}`);
}
