// The line that a control client is told about something that happened; undefined when it is none of its business. Words
// and order as tmux's control-notify has them.

import { visibleLayout } from "../layout/layout.ts";
import { printLayout } from "../layout/layout-string.ts";
import type { TmuxClient } from "../server/client.ts";
import type { ControlEvent } from "../server/notifier.ts";
import { flagsOf } from "../server/session-variables.ts";
import type { TmuxServer } from "../server/tmux-server.ts";

export function notificationLine(server: TmuxServer, client: TmuxClient, event: ControlEvent): string | undefined {
  const { session } = client;
  if (session === undefined) return undefined;
  switch (event.kind) {
    case "window-added":
    case "window-closed": {
      const word = event.kind === "window-added" ? "add" : "close";
      const own = session.linkOf(event.window) !== undefined;
      return `%${own ? "" : "unlinked-"}window-${word} @${event.window.id}`;
    }
    case "window-renamed": {
      const own = session.linkOf(event.window) !== undefined;
      return `%${own ? "" : "unlinked-"}window-renamed @${event.window.id} ${event.window.name}`;
    }
    case "window-pane-changed":
      return `%window-pane-changed @${event.window.id} %${event.window.active?.id}`;
    case "layout-changed": {
      const { window } = event;
      const link = session.linkOf(window);
      if (link === undefined || window.panes.length === 0) return undefined;
      const shown = printLayout(visibleLayout(window.layout, window.zoomed?.id));
      return `%layout-change @${window.id} ${printLayout(window.layout)} ${shown} ${flagsOf(link, server.marked?.window)}`;
    }
    case "session-window-changed":
      return (
        event.session.current && `%session-window-changed $${event.session.id} @${event.session.current.window.id}`
      );
    case "session-renamed":
      return `%session-renamed $${event.session.id} ${event.session.name}`;
    case "sessions-changed":
      return "%sessions-changed";
    case "client-session-changed": {
      const what = `$${event.session.id} ${event.session.name}`;
      return event.client === client
        ? `%session-changed ${what}`
        : `%client-session-changed ${event.client.name} ${what}`;
    }
    case "client-detached":
      return `%client-detached ${event.client.name}`;
    case "pane-mode-changed":
      return `%pane-mode-changed ${event.pane.name}`;
    case "paste-buffer-changed":
      return `%paste-buffer-changed ${event.name}`;
    case "paste-buffer-deleted":
      return `%paste-buffer-deleted ${event.name}`;
  }
}
