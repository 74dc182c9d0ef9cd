// What a format may ask while it is expanded: one pane, window, session or client seen from the server's model.
// The server makes scopes; expand.ts reads them. Nothing here does I/O: values are there when they are asked for.

export interface FormatScope {
  /**
   * The value of a variable such as `pane_id`; undefined when there is none here (then it is empty). Times are
   * seconds since 1970 as digits, flags `1` or `0`.
   */
  readonly variable: (name: string) => string | undefined;
  /** The value of an option in force here as `#{name}` prints it (flags as `1` and `0`), `@user` ones too. */
  readonly option?: (name: string) => string | undefined;
  /** A variable of the session's environment, else of the global one. */
  readonly environment?: (name: string) => string | undefined;
  /** What stands for `#(command)` now: the last line that it printed. Without it such parts are empty. */
  readonly command?: (command: string) => string;
  /** Items for `#{S:}`, `#{W:}`, `#{P:}` and `#{L:}`, in tmux's order. */
  readonly loop?: (kind: LoopKind) => readonly LoopItem[];
  /** `#{C:}`: the first line of the pane that the pattern is found on, from 1; 0 for none. */
  readonly search?: (pattern: string, flags: string) => number;
  /** `#{N:}`: there is a window (of this session) or a session of that name. */
  readonly nameExists?: (kind: "window" | "session", name: string) => boolean;
}

export type LoopKind = "sessions" | "windows" | "panes" | "clients";

export interface LoopItem {
  readonly scope: FormatScope;
  /** It takes the second of two formats: the current window, the active pane. */
  readonly current: boolean;
}
