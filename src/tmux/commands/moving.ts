// swap-pane, break-pane, join-pane, move-pane, swap-window, move-window, link-window: panes and windows change places.

import { singlePane } from "../layout/layout.ts";
import { replacePane, swapPanes } from "../layout/rearrange.ts";
import { splitPane } from "../layout/split.ts";
import { type Pane, type Session, Window, Winlink } from "../model/model.ts";
import type { CommandHandler } from "../server/command-context.ts";
import { sameGroup, synchronize } from "../server/groups.ts";
import { nameAfter } from "../server/new-panes.ts";
import { makeRoom, renumber, takeOutOfWindow, unlink, unzoom, zoom } from "../server/pane-ends.ts";
import type { TmuxServer } from "../server/tmux-server.ts";
import { applyLayout, recalculateSizes } from "../server/window-sizes.ts";
import { insertAt, printPlace, splitSize } from "./windows.ts";

export const swapPane: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const destination = context.target("pane");
    if (!destination.ok) return destination;
    const { pane: to, window } = destination.value;
    let from: Pane | undefined;
    if (args.has("D") || args.has("U")) {
      const at = window.panes.indexOf(to) + (args.has("D") ? 1 : -1);
      from = window.panes[(at + window.panes.length) % window.panes.length];
    } else {
      const source = context.target("pane", { defaultMarked: true }, "s");
      if (!source.ok) return source;
      from = source.value.pane;
    }
    if (from === undefined) return undefined;
    const other = from.window;
    const zoomed = [window, other].filter((one) => unzoom(server, one) && args.has("Z"));
    if (from !== to) exchange(server, from, to, args.has("d"));
    for (const one of zoomed) zoom(server, one);
    return undefined;
  },
};

function exchange(server: TmuxServer, one: Pane, other: Pane, stays: boolean): void {
  const [first, second] = [one.window, other.window];
  if (first === second) {
    first.layout = swapPanes(first.layout, one.id, other.id);
    applyLayout(server, first);
    // As tmux does it: with -d the active pane stays active where it is now, or its place does when it is the target.
    if (!stays) server.activate(other);
    else if (first.active === one || first.active === other) {
      server.activate(other);
      server.activate(one);
    }
    return;
  }
  first.layout = replacePane(first.layout, one.id, other.id);
  second.layout = replacePane(second.layout, other.id, one.id);
  first.panes = first.panes.map((pane) => (pane === one ? other : pane));
  second.panes = second.panes.map((pane) => (pane === other ? one : pane));
  one.window = second;
  other.window = first;
  const [wasFirst, wasSecond] = [first.active === one, second.active === other];
  first.lastPanes = first.lastPanes.filter((pane) => pane !== one);
  second.lastPanes = second.lastPanes.filter((pane) => pane !== other);
  if (wasFirst) first.active = other;
  if (wasSecond) second.active = one;
  if (!stays) {
    server.activate(other);
    server.activate(one);
  }
  applyLayout(server, first);
  applyLayout(server, second);
}

export const breakPane: CommandHandler = {
  async run(context) {
    const { server, args } = context;
    const source = context.target("pane", {}, "s");
    if (!source.ok) return source;
    const destination = context.target("window", { index: true });
    if (!destination.ok) return destination;
    const { pane, window, link: from } = source.value;
    const { session } = destination.value;
    let index = args.has("t") ? destination.value.index : null;
    if (args.has("a") || args.has("b")) index = insertAt(context, destination.value, args.has("b"));
    if (index !== null && session.linkAt(index) !== undefined) {
      if (window.panes.length === 1 && session.linkAt(index) === from) return undefined;
      return context.fail(`index in use: ${index}`);
    }
    const name = args.value("n");
    let broken = window;
    if (window.panes.length === 1) {
      // Its own place is not free for it: without a target it goes to another one. Nothing is printed (oracle, 3.3a).
      if (sameGroup(from.session, session)) return context.fail("sessions are grouped");
      index ??= server.freeIndex(session);
      unlinkQuietly(server, from);
    } else {
      takeOutOfWindow(server, pane);
      const scope = server.settings.windowScope();
      const called = nameAfter(server, session, pane.argv);
      broken = new Window(server.nextWindow, called, window, singlePane(pane.id, window.cols, window.rows), scope);
      server.nextWindow += 1;
      broken.panes = [pane];
      pane.window = broken;
      server.windows.set(broken.id, broken);
      server.activate(pane);
      applyLayout(server, broken, true);
    }
    if (name !== undefined) {
      broken.name = name;
      server.settings.setWindow(broken, "automatic-rename", "off");
    }
    const link = new Winlink(session, index ?? server.freeIndex(session), broken);
    session.insert(link);
    server.notifier.windowLinked(session, broken);
    if (!args.has("d") || session.current === undefined) session.select(link);
    synchronize(server, session);
    if (broken === window && from.session !== session) synchronize(server, from.session);
    recalculateSizes(server);
    server.changed();
    if (broken === window) return undefined;
    await printPlace(context, { session, link, window: broken, pane }, "#{session_name}:#{window_index}.#{pane_index}");
    return undefined;
  },
};

/** Takes a link out while its window stays: it is about to be put elsewhere. */
function unlinkQuietly(server: TmuxServer, link: Winlink): void {
  const { session } = link;
  session.links = session.links.filter((one) => one !== link);
  session.lastLinks = session.lastLinks.filter((one) => one !== link);
  server.notifier.windowUnlinked(session, link.window);
  if (session.current !== link) return;
  session.current = undefined;
  const next = session.lastLinks[0] ?? session.links[0];
  if (next !== undefined) session.select(next);
}

export const joinPane: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const destination = context.target("pane");
    if (!destination.ok) return destination;
    const source = context.target("pane", { defaultMarked: true }, "s");
    if (!source.ok) return source;
    const { pane } = source.value;
    const { pane: to, window, link, session } = destination.value;
    if (pane === to) return context.fail("source and target panes must be different");
    const direction = args.has("h") ? "columns" : "rows";
    const size = splitSize(context, destination.value, direction);
    if (typeof size === "string") return context.fail(size);
    unzoom(server, window);
    const border = server.border(window);
    const before = args.has("b");
    const from = pane.window;
    unzoom(server, from);
    if (from === window) {
      // Within one window the pane gives up its place first.
      const layout = window.layout;
      takeOutOfWindow(server, pane);
      const joined = splitPane(window.layout, {
        pane: to.id,
        added: pane.id,
        direction,
        size,
        before,
        full: args.has("f"),
        border,
      });
      window.panes.push(pane);
      window.layout = joined ?? layout;
      if (joined === undefined) {
        applyLayout(server, window);
        return context.fail("create pane failed: pane too small");
      }
    } else {
      const joined = splitPane(window.layout, {
        pane: to.id,
        added: pane.id,
        direction,
        size,
        before,
        full: args.has("f"),
        border,
      });
      if (joined === undefined) return context.fail("create pane failed: pane too small");
      takeOutOfWindow(server, pane);
      window.layout = joined;
      window.panes.push(pane);
      pane.window = window;
      if (from.panes.length === 0) for (const old of server.linksOf(from)) unlink(server, old);
    }
    applyLayout(server, window);
    if (!args.has("d")) {
      server.activate(pane);
      session.select(link);
    }
    recalculateSizes(server);
    return undefined;
  },
};

export const swapWindow: CommandHandler = {
  run(context) {
    const { server, args } = context;
    const source = context.target("window", { defaultMarked: true }, "s");
    if (!source.ok) return source;
    const destination = context.target("window");
    if (!destination.ok) return destination;
    const { link: from, session: one } = source.value;
    const { link: to, session: other } = destination.value;
    if (sameGroup(one, other)) return context.fail("can't move window, sessions are grouped");
    if (from.window === to.window) return undefined;
    const swapped = [new Winlink(one, from.index, to.window), new Winlink(other, to.index, from.window)] as const;
    replaceLink(one, from, swapped[0]);
    replaceLink(other, to, swapped[1]);
    if (args.has("d")) {
      other.select(swapped[1]);
      if (one !== other) one.select(swapped[0]);
    }
    server.notifier.sessionWindowChanged(one);
    synchronize(server, one);
    if (one !== other) synchronize(server, other);
    recalculateSizes(server);
    server.changed();
    return undefined;
  },
};

function replaceLink(session: Session, old: Winlink, link: Winlink): void {
  session.links = session.links.map((one) => (one === old ? link : one));
  session.lastLinks = session.lastLinks.map((one) => (one === old ? link : one));
  if (session.current === old) session.current = link;
}

const moveOrLink = (moves: boolean): CommandHandler => ({
  run(context) {
    const { server, args } = context;
    if (moves && args.has("r")) {
      const found = context.target("session");
      if (!found.ok) return found;
      renumber(server, found.value.session);
      synchronize(server, found.value.session);
      return undefined;
    }
    const source = context.target("window", {}, "s");
    if (!source.ok) return source;
    const destination = context.target("window", { index: true });
    if (!destination.ok) return destination;
    const { link: from, window } = source.value;
    const { session } = destination.value;
    if (sameGroup(from.session, session)) return context.fail("sessions are grouped");
    let index = destination.value.index;
    if (args.has("a") || args.has("b")) index = insertAt(context, destination.value, args.has("b"));
    const place = index ?? server.freeIndex(session);
    const there = session.linkAt(place);
    if (there?.window === window) return context.fail(`same index: ${place}`);
    if (there !== undefined) {
      if (!args.has("k")) return context.fail(`index in use: ${place}`);
      makeRoom(server, there);
    }
    const link = new Winlink(session, place, window);
    const wasOnly = from.session.links.length === 1;
    if (moves) unlinkQuietly(server, from);
    session.insert(link);
    server.notifier.windowLinked(session, window);
    if (!args.has("d") || session.current === undefined) session.select(link);
    synchronize(server, session);
    if (moves && from.session !== session) synchronize(server, from.session);
    if (moves && wasOnly && from.session !== session) server.removeSession(from.session);
    recalculateSizes(server);
    server.changed();
    return undefined;
  },
});

export const moveWindow = moveOrLink(true);
export const linkWindow = moveOrLink(false);
