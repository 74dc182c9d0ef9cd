// monitor-activity: a window that prints while nobody looks is marked, and the hook alert-activity runs. Bells and silence
// are heard in the output of the pane, which only those servers follow that were asked to.

import type { Window } from "../model/model.ts";
import type { TmuxServer } from "./tmux-server.ts";

export class Alerts {
  readonly #server: TmuxServer;

  constructor(server: TmuxServer) {
    this.#server = server;
  }

  /** Something was printed in the window. */
  activity(window: Window): void {
    if (!this.#server.settings.flag("monitor-activity", { window })) return;
    let marked = false;
    for (const link of this.#server.linksOf(window)) {
      if (link === link.session.current || link.activity) continue;
      link.activity = true;
      marked = true;
    }
    if (marked) this.#server.notifier.alert("activity", window);
  }
}
