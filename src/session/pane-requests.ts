// What the tmux face asks a worker: who is in the foreground, what is on the screen in tmux's own terms, a capture of
// rows, a reset. All of it is read when it is asked for; nothing here costs a session that nobody uses through tmux.

import type { PaneFacts } from "../protocol/worker-messages.ts";
import { foregroundProcess } from "../pty/foreground.ts";
import type { CaptureOptions } from "../terminal/pane-capture.ts";
import type { Session } from "./session.ts";

/** As a terminal's soft reset, with the screen cleared into the history and the pen home. */
const RESET = "\x1b[!p\x1b[?1000;1002;1003;1006;2004l\x1b[r\x1b[m\x1b[H\x1b[2J";

export async function paneFacts(
  session: Session,
  { screen, history }: { screen: boolean; history: boolean },
): Promise<PaneFacts> {
  const running = session.program;
  const group = running.ok ? running.value.pty.foregroundGroup() : null;
  const { command, cwd } = group === null ? { command: "", cwd: null } : foregroundProcess(group);
  const wanted = screen || history;
  return {
    tty: running.ok ? running.value.pty.ttyPath : "",
    foreground_pid: group,
    command,
    cwd,
    screen: wanted ? { ...(await session.screen.load()).facts(history) } : null,
  };
}

export async function paneCapture(session: Session, options: CaptureOptions) {
  const rows = (await session.screen.load()).capture(options);
  return { result: { found: rows !== null }, bytes: new TextEncoder().encode(rows ?? "") };
}

export async function paneReset(session: Session, { screen, history }: { screen: boolean; history: boolean }) {
  if (screen) session.recorder.output(new TextEncoder().encode(RESET));
  if (history) (await session.screen.load()).clearHistory();
  return {};
}
