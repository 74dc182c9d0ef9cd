// The programs of popups: a bide session each, in no window. Ends with its box, and the box with it when the command said so.

import type { Pane } from "../model/model.ts";
import type { TmuxClient } from "./client.ts";
import type { Start } from "./pane-command.ts";
import { PaneLink } from "./pane-link.ts";
import { isRunning } from "./pane-programs.ts";
import type { TmuxServer } from "./tmux-server.ts";

export interface Popup {
  readonly sessionId: string;
  /** Resolves to the code of the program when the box is closed; `closes`: 1 at its end, 2 at a good one, 0 by hand. */
  closed(closes: number): Promise<number>;
}

/** A text is tmux's failure. */
export async function openPopup(
  server: TmuxServer,
  client: TmuxClient,
  pane: Pane,
  start: Start,
): Promise<Popup | string> {
  const ended = Promise.withResolvers<number>();
  const session = await server.programs.startLoose(pane, start);
  if (typeof session === "string") return session;
  const tell = (state: typeof session) => {
    if (!isRunning(state)) ended.resolve(state.exit_code ?? 129);
  };
  let link: PaneLink | undefined;
  try {
    link = await PaneLink.open(server.surroundings.runtimeDir, session, {
      onStatus: tell,
      onGone: () => ended.resolve(129),
    });
  } catch {
    ended.resolve(129);
  }
  return {
    sessionId: session.session_id,
    async closed(closes) {
      const byHand = Promise.withResolvers<void>();
      client.closePopup = () => byHand.resolve();
      void client.gone.then(() => byHand.resolve());
      const code = await Promise.race([
        ended.promise.then((value) =>
          closes === 1 || (closes > 1 && value === 0) ? value : byHand.promise.then(() => value),
        ),
        byHand.promise.then(() => 129),
      ]);
      client.closePopup = undefined;
      void link?.hangUp(1000).catch(() => {});
      return code;
    },
  };
}
