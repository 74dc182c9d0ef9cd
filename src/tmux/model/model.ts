// Sessions, windows and panes of one tmux server (one namespace), as tmux has them: a session holds windows at indexes
// (winlinks), a window may be in several sessions, a pane is in one window. Ids are never reused. Plain state: who may do
// what with it, and when a pane's program starts or ends, is the business of commands/ and server/.

import type { Layout } from "../layout/layout.ts";
import type { Preset } from "../layout/presets.ts";
import type { OptionScope } from "../options/option-store.ts";
import { EnvironmentTable } from "./environment-table.ts";

/** A pane: one bide session in one place of a window. */
export class Pane {
  readonly id: number;
  window: Window;
  /** The bide session that is its program; empty until it was started. */
  sessionId = "";
  /** Bide's own session, taken in because something inside it asked for tmux: ended only when it is meant itself. */
  adopted = false;
  /** The words that were exec'd, or one text for a shell; empty: the default shell. */
  argv: readonly string[] = [];
  shell = "";
  cwd = "";
  /** What the pane was started with, as `pane_start_path` tells. */
  startPath = "";
  title = "";
  /** The program's own title when `title` was set by hand: a later one wins. */
  titleOver: string | null = null;
  tty = "";
  pid = 0;
  dead: PaneDeath | null = null;
  historyLimit = 2000;
  cols = 80;
  rows = 24;
  left = 0;
  top = 0;
  /** The command of `pipe-pane`, while it runs. */
  piped = false;
  inputOff = false;
  /** Greater: was active later. */
  activePoint = 0;
  /** The name of the mode that a command put it in (`copy-mode`); null: the program's own screen. */
  mode: string | null = null;
  options: OptionScope;
  /** Where in its output followers begin: set for a new program, so that they miss nothing. */
  followFrom: number | undefined;
  /** Settles when the program runs, or could not be started. */
  ready: Promise<void> = Promise.resolve();

  constructor(id: number, window: Window, options: OptionScope) {
    this.id = id;
    this.window = window;
    this.options = options;
  }

  get name(): string {
    return `%${this.id}`;
  }
}

export interface PaneDeath {
  readonly status: number | null;
  /** `SIGKILL`; null when it exited. */
  readonly signal: string | null;
  /** Seconds since 1970. */
  readonly time: number;
  /** The row that remain-on-exit shows. */
  readonly text: string;
}

export class Window {
  readonly id: number;
  name: string;
  cols: number;
  rows: number;
  layout: Layout;
  /** The pane that is shown over the whole window; the layout stays as it was. */
  zoomed: Pane | null = null;
  /** In the order of their indexes, which is the layout's. */
  panes: Pane[] = [];
  active: Pane | undefined;
  /** Panes that were active before, the last one first. */
  lastPanes: Pane[] = [];
  /** Which of tmux's layouts `next-layout` goes on from; null: none was chosen. */
  lastLayout: Preset | null = null;
  /** The layout before the last `select-layout`, for `-o`. */
  oldLayout: string | null = null;
  options: OptionScope;
  createdAt = seconds();
  activityAt = seconds();
  /** Milliseconds: what was printed until then has been noted. */
  heardAt = Date.now();
  /** Set by resize-window: the size stays. */
  manualSize: { cols: number; rows: number } | null = null;

  constructor(id: number, name: string, size: { cols: number; rows: number }, layout: Layout, options: OptionScope) {
    this.id = id;
    this.name = name;
    this.cols = size.cols;
    this.rows = size.rows;
    this.layout = layout;
    this.options = options;
  }
}

/** A window at an index of a session. */
export class Winlink {
  readonly session: Session;
  index: number;
  readonly window: Window;
  activity = false;
  bell = false;
  silence = false;

  constructor(session: Session, index: number, window: Window) {
    this.session = session;
    this.index = index;
    this.window = window;
  }
}

export class Session {
  readonly id: number;
  name: string;
  cwd: string;
  /** By index. */
  links: Winlink[] = [];
  current: Winlink | undefined;
  /** Windows that were current before, the last one first. */
  lastLinks: Winlink[] = [];
  options: OptionScope;
  environment = new EnvironmentTable();
  createdAt = seconds();
  /** Milliseconds, so that the most recent one can be told. */
  activityAt = Date.now();
  lastAttachedAt = 0;
  group: SessionGroup | null = null;

  constructor(id: number, name: string, cwd: string, options: OptionScope) {
    this.id = id;
    this.name = name;
    this.cwd = cwd;
    this.options = options;
  }

  linkAt(index: number): Winlink | undefined {
    return this.links.find((link) => link.index === index);
  }

  linkOf(window: Window): Winlink | undefined {
    const { current } = this;
    if (current?.window === window && this.links.includes(current)) return current;
    return this.links.find((link) => link.window === window);
  }

  /** Puts a link where its index belongs. */
  insert(link: Winlink): void {
    this.links = [...this.links, link].sort((a, b) => a.index - b.index);
  }

  /** Makes a link the current one; the one before can be gone back to. */
  select(link: Winlink): boolean {
    const before = this.current;
    if (before === link) return false;
    this.lastLinks = [...(before === undefined ? [] : [before]), ...this.lastLinks].filter(
      (one, at, all) => one !== link && all.indexOf(one) === at,
    );
    this.current = link;
    link.activity = false;
    link.bell = false;
    link.silence = false;
    return true;
  }
}

/** Sessions that show the same windows (`new-session -t`). */
export interface SessionGroup {
  readonly name: string;
  sessions: Session[];
}

/** Seconds since 1970, as tmux counts. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
