// From the text of a target to what it means, step by step as tmux's cmd-find does it (targets are prefixes, patterns,
// offsets and places, and which one wins matters to the tools that rely on it). Pure: reads the model, changes nothing.

import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { visibleLayout } from "../layout/layout.ts";
import { neighbourOf, paneAt, type Side } from "../layout/neighbours.ts";
import type { Pane, Session, Window, Winlink } from "../model/model.ts";
import { patternMatches } from "./pattern.ts";
import type { Target, TargetFlags, TargetKind } from "./target.ts";
import { splitTarget, type TargetParts } from "./target-parts.ts";
import { bestSession, stateOfPane, type TargetSpace } from "./target-space.ts";

interface Found {
  session?: Session;
  link?: Winlink;
  window?: Window;
  pane?: Pane;
  index?: number | null;
}

const MOST_INDEX = 2 ** 31 - 1;

export class TargetFinder {
  readonly #space: TargetSpace;
  readonly #current: Target | undefined;
  readonly #flags: TargetFlags;
  #exactSession = false;
  #exactWindow = false;

  constructor(space: TargetSpace, current: Target | undefined, flags: TargetFlags) {
    this.#space = space;
    const marked = flags.defaultMarked && space.marked ? stateOfPane(space, space.marked) : undefined;
    this.#current = marked ?? current;
    this.#flags = flags;
  }

  find(text: string | undefined, kind: TargetKind): Parsed<Target> {
    const current = this.#current;
    if (current === undefined) return parseFailure("no current target");
    if (text === undefined || text === "") return parsed(this.#flags.index ? { ...current, index: null } : current);
    if (text === "=" || text === "{mouse}") return parseFailure("no mouse target");
    if (text === "~" || text === "{marked}") {
      const marked = this.#space.marked && stateOfPane(this.#space, this.#space.marked);
      return marked === undefined ? parseFailure("no marked target") : parsed(marked);
    }
    const parts = splitTarget(text, kind);
    this.#exactSession = parts.exactSession;
    this.#exactWindow = parts.exactWindow;
    return this.#findParts(parts, current);
  }

  #findParts({ session, window, pane, windowOnly, paneOnly }: TargetParts, current: Target): Parsed<Target> {
    let found: Found | undefined;
    if (session !== undefined) {
      const wanted = this.#session(session);
      if (wanted === undefined) return parseFailure(`can't find session: ${session}`);
      found = { session: wanted, link: wanted.current, window: wanted.current?.window, index: null };
      if (window !== undefined) found = this.#windowIn(wanted, window);
      if (found === undefined) return parseFailure(`can't find window: ${window}`);
      if (pane !== undefined) {
        found = window === undefined ? this.#paneInSession(wanted, pane) : this.#paneIn(found, pane);
        if (found === undefined) return parseFailure(`can't find pane: ${pane}`);
      }
      return this.#complete(found, current);
    }
    if (window !== undefined) {
      found = this.#window(window, windowOnly, current);
      if (found === undefined) return parseFailure(`can't find window: ${window}`);
      if (pane !== undefined) found = this.#paneIn(found, pane);
      return found === undefined ? parseFailure(`can't find pane: ${pane}`) : this.#complete(found, current);
    }
    if (pane !== undefined) {
      found = this.#pane(pane, paneOnly, current);
      return found === undefined ? parseFailure(`can't find pane: ${pane}`) : this.#complete(found, current);
    }
    return parsed(this.#flags.index ? { ...current, index: null } : current);
  }

  /** Fills in what the text left open. */
  #complete(found: Found, current: Target): Parsed<Target> {
    const session = found.session ?? current.session;
    const link = found.link ?? session.current ?? current.link;
    const window = found.window ?? link.window;
    const pane = found.pane ?? window.active ?? current.pane;
    return parsed({ session, link, window, pane, index: found.index === undefined ? link.index : found.index });
  }

  #session(text: string): Session | undefined {
    const { sessions } = this.#space;
    if (text.startsWith("$")) return sessions.find((one) => `$${one.id}` === text);
    const exact = sessions.find((one) => one.name === text) ?? this.#space.sessionOfClient(text);
    if (exact !== undefined || this.#exactSession) return exact;
    const begun = sessions.filter((one) => one.name.startsWith(text));
    if (begun.length > 0) return begun.length === 1 ? begun[0] : undefined;
    const matching = sessions.filter((one) => patternMatches(text, one.name));
    return matching.length === 1 ? matching[0] : undefined;
  }

  #window(text: string, only: boolean, current: Target): Found | undefined {
    if (text.startsWith("@")) {
      const window = this.#space.windowById(idOf(text));
      return window && this.#bestWith(window);
    }
    const inCurrent = this.#windowIn(current.session, text);
    if (inCurrent !== undefined || only) return inCurrent;
    const session = this.#session(text);
    return session && { session, link: session.current, index: this.#flags.index ? null : session.current?.index };
  }

  #windowIn(session: Session, text: string): Found | undefined {
    const at = (link: Winlink | undefined): Found | undefined =>
      link && { session, link, window: link.window, index: link.index };
    const { links } = session;
    if (text.startsWith("@")) {
      const window = this.#space.windowById(idOf(text));
      return window && at(session.linkOf(window));
    }
    const here = session.current;
    if (!this.#exactWindow) {
      const offset = /^([+-])(\d*)$/.exec(text);
      if (offset !== null && here !== undefined) {
        const step = Number(offset[2] || 1) * (offset[1] === "+" ? 1 : -1);
        if (this.#flags.index) {
          const index = here.index + step;
          return index < 0 ? undefined : { session, link: here, window: here.window, index };
        }
        const place = links.indexOf(here) + step;
        const moved = at(links[((place % links.length) + links.length) % links.length]);
        if (moved !== undefined) return moved;
      }
      if (text === "!") return at(session.lastLinks[0]);
      if (text === "^") return at(links[0]);
      if (text === "$") return at(links.at(-1));
    }
    if (/^\d+$/.test(text)) {
      const index = Number(text);
      const link = session.linkAt(index);
      if (link !== undefined) return at(link);
      const place = this.#flags.index && index <= MOST_INDEX;
      if (place && here !== undefined) return { session, link: here, window: here.window, index };
    }
    const exact = links.filter((link) => link.window.name === text);
    if (exact.length > 0) return exact.length === 1 ? at(exact[0]) : undefined;
    if (this.#exactWindow) return undefined;
    const begun = links.filter((link) => link.window.name.startsWith(text));
    if (begun.length > 0) return begun.length === 1 ? at(begun[0]) : undefined;
    const matching = links.filter((link) => patternMatches(text, link.window.name));
    return matching.length === 1 ? at(matching[0]) : undefined;
  }

  #pane(text: string, only: boolean, current: Target): Found | undefined {
    if (text.startsWith("%")) {
      const pane = this.#space.paneById(idOf(text));
      const found = pane && this.#bestWith(pane.window);
      return found && { ...found, pane };
    }
    const here = { session: current.session, link: current.link, window: current.window, index: current.link.index };
    const inCurrent = this.#paneIn(here, text);
    if (inCurrent !== undefined || only) return inCurrent;
    const window = this.#window(text, false, current);
    return window && { ...window, pane: (window.window ?? window.link?.window)?.active };
  }

  #paneInSession(session: Session, text: string): Found | undefined {
    if (text.startsWith("%")) {
      const pane = this.#space.paneById(idOf(text));
      const link = pane && session.linkOf(pane.window);
      return link && { session, link, window: link.window, pane, index: link.index };
    }
    const link = session.current;
    return link && this.#paneIn({ session, link, window: link.window, index: link.index }, text);
  }

  #paneIn(found: Found, text: string): Found | undefined {
    const window = found.window ?? found.link?.window;
    if (window === undefined) return undefined;
    const pane = this.#paneOf(window, text);
    return pane && { ...found, window, pane };
  }

  #paneOf(window: Window, text: string): Pane | undefined {
    if (text.startsWith("%")) {
      const pane = this.#space.paneById(idOf(text));
      return pane?.window === window ? pane : undefined;
    }
    if (text === "!") return window.lastPanes[0];
    const beside = /^\{(up|down|left|right)-of\}$/.exec(text);
    if (beside !== null) return window.active && this.#paneBeside(window, window.active, beside[1] as Side);
    const offset = /^([+-])(\d*)$/.exec(text);
    if (offset !== null && window.active !== undefined) {
      const { panes } = window;
      const place = panes.indexOf(window.active) + Number(offset[2] || 1) * (offset[1] === "+" ? 1 : -1);
      return panes[((place % panes.length) + panes.length) % panes.length];
    }
    if (/^\d+$/.test(text)) {
      const pane = window.panes[Number(text) - this.#space.paneBase(window)];
      if (pane !== undefined) return pane;
    }
    const { layout, zoomed } = window;
    return this.#paneById(paneAt(visibleLayout(layout, zoomed?.id), text.toLowerCase(), this.#space.border(window)));
  }

  #paneBeside(window: Window, pane: Pane, side: Side): Pane | undefined {
    const since = (id: number) => this.#space.paneById(id)?.activePoint ?? 0;
    return this.#paneById(neighbourOf(window.layout, pane.id, side, since, this.#space.border(window)));
  }

  #paneById(id: number | undefined): Pane | undefined {
    return id === undefined ? undefined : this.#space.paneById(id);
  }

  #bestWith(window: Window): Found | undefined {
    const session = bestSession(
      this.#space,
      this.#space.sessions.filter((one) => one.linkOf(window) !== undefined),
      this.#flags,
    );
    const link = session?.linkOf(window);
    return link && { session, link, window, index: link.index };
  }
}

/** The number in `@3`; no id when it is none. */
function idOf(text: string): number {
  return /^.\d+$/.test(text) ? Number(text.slice(1)) : -1;
}
