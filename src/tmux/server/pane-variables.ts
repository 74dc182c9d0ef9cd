// The variables of tmux's formats that are about a pane: its place, its program, its screen. Undefined: there is no such
// pane here, and tmux prints nothing.

import { quoteArgument } from "../argv/quote-argument.ts";
import { paneGeometries } from "../layout/geometry.ts";
import type { Pane } from "../model/model.ts";
import type { ResolvedPlace } from "./format-place.ts";
import { programName } from "./program-name.ts";

type PaneVariable = (pane: Pane, place: ResolvedPlace) => string | number | boolean | undefined;

const screen =
  (name: string, otherwise?: string | number | boolean): PaneVariable =>
  (_pane, place) =>
    place.factsHere?.screen?.[name] ?? otherwise;

const edge =
  (name: "atTop" | "atBottom" | "atLeft" | "atRight"): PaneVariable =>
  (pane, { server }) => {
    const { layout, zoomed } = pane.window;
    const shown = zoomed === pane ? undefined : layout;
    if (shown === undefined) return true;
    return paneGeometries(shown, server.border(pane.window)).find((one) => one.pane === pane.id)?.[name];
  };

const mouse = (pick: (mode: string) => boolean): PaneVariable => {
  return (_pane, place) => {
    const mode = place.factsHere?.screen?.mouse;
    return typeof mode === "string" ? pick(mode) : undefined;
  };
};

export const PANE_VARIABLES: Readonly<Record<string, PaneVariable>> = {
  pane_id: (pane) => pane.name,
  pane_index: (pane, { server }) => pane.window.panes.indexOf(pane) + server.paneBase(pane.window),
  pane_active: (pane) => pane.window.active === pane,
  pane_last: (pane) => pane.window.lastPanes[0] === pane,
  pane_width: (pane) => pane.cols,
  pane_height: (pane) => pane.rows,
  pane_left: (pane) => pane.left,
  pane_top: (pane) => pane.top,
  pane_right: (pane) => pane.left + pane.cols - 1,
  pane_bottom: (pane) => pane.top + pane.rows - 1,
  pane_at_top: edge("atTop"),
  pane_at_bottom: edge("atBottom"),
  pane_at_left: edge("atLeft"),
  pane_at_right: edge("atRight"),
  pane_pid: (pane) => pane.pid,
  pane_tty: (pane) => pane.tty,
  pane_dead: (pane) => pane.dead !== null,
  pane_dead_status: (pane) => pane.dead?.status ?? undefined,
  pane_dead_signal: (pane) => signalNumber(pane.dead?.signal),
  pane_dead_time: (pane) => pane.dead?.time,
  pane_title: (pane, place) => titleOf(pane, place),
  pane_path: (_pane, place) => place.factsHere?.screen?.path ?? "",
  pane_current_path: (pane, place) => place.factsHere?.cwd ?? (pane.dead === null ? pane.cwd : ""),
  pane_current_command: (pane, place) => currentCommand(pane, place),
  pane_start_command: (pane) => startCommand(pane.argv),
  pane_start_path: (pane) => pane.startPath,
  pane_in_mode: (pane) => (pane.mode === null ? 0 : 1),
  pane_mode: (pane) => pane.mode ?? undefined,
  pane_input_off: (pane) => pane.inputOff,
  pane_marked: (pane, { server }) => server.marked === pane,
  pane_marked_set: (_pane, { server }) => server.marked !== undefined,
  pane_pipe: (pane) => pane.piped,
  pane_synchronized: (pane, { server }) => server.settings.flag("synchronize-panes", { pane }),
  pane_format: (_pane, { kind }) => kind === "pane",
  pane_search_string: () => "",
  pane_unseen_changes: () => undefined,
  pane_key_mode: () => "VT10x",
  pane_tabs: screen("tabs"),
  pane_bg: () => "default",
  pane_fg: () => "default",
  synchronized_output_flag: () => undefined,
  history_limit: (pane) => pane.historyLimit,
  history_size: (pane, { factsHere }) => historySize(pane, factsHere?.screen?.history_rows),
  history_bytes: (pane, { factsHere }) => {
    // What tmux's cells would take: rows with their cells, 40 and 5 bytes (3.3a); bide keeps text instead.
    const rows = historySize(pane, factsHere?.screen?.history_rows);
    return rows === undefined ? undefined : (Number(rows) + pane.rows) * 32;
  },
  alternate_on: screen("alternate_on", false),
  alternate_saved_x: screen("alternate_saved_x"),
  alternate_saved_y: screen("alternate_saved_y"),
  cursor_x: screen("cursor_x"),
  cursor_y: screen("cursor_y"),
  cursor_flag: screen("cursor_flag"),
  cursor_character: screen("cursor_character"),
  insert_flag: screen("insert_flag"),
  keypad_cursor_flag: screen("keypad_cursor_flag"),
  keypad_flag: screen("keypad_flag"),
  origin_flag: screen("origin_flag"),
  wrap_flag: screen("wrap_flag"),
  bracket_paste_flag: screen("bracketed_paste"),
  scroll_region_lower: screen("scroll_region_lower"),
  scroll_region_upper: screen("scroll_region_upper"),
  mouse_any_flag: mouse((mode) => mode !== "none"),
  mouse_standard_flag: mouse((mode) => mode === "vt200"),
  mouse_button_flag: mouse((mode) => mode === "drag"),
  mouse_all_flag: mouse((mode) => mode === "any"),
  mouse_sgr_flag: screen("mouse_sgr"),
  mouse_utf8_flag: screen("mouse_utf8"),
};

/** Variables whose values a worker has to be asked for, and what is asked. */
export const ASKED_VARIABLES: Readonly<Record<string, "foreground" | "screen" | "history">> = Object.fromEntries([
  ...["pane_current_command", "pane_current_path", "window_name"].map((name) => [name, "foreground"]),
  ...["history_size", "history_bytes"].map((name) => [name, "history"]),
  ...["pane_title", "pane_path", "pane_tabs", "alternate_on", "alternate_saved_x", "alternate_saved_y"].map((name) => [
    name,
    "screen",
  ]),
  ...["cursor_x", "cursor_y", "cursor_flag", "cursor_character", "insert_flag", "keypad_cursor_flag"].map((name) => [
    name,
    "screen",
  ]),
  ...["keypad_flag", "origin_flag", "wrap_flag", "bracket_paste_flag", "scroll_region_lower"].map((name) => [
    name,
    "screen",
  ]),
  ...["scroll_region_upper", "mouse_any_flag", "mouse_standard_flag", "mouse_button_flag", "mouse_all_flag"].map(
    (name) => [name, "screen"],
  ),
  ...["mouse_sgr_flag", "mouse_utf8_flag"].map((name) => [name, "screen"]),
]);

/** What `select-pane -T` gave, unless the program named itself afterwards. */
export function titleOf(pane: Pane, { factsHere, server }: ResolvedPlace): string {
  const own = factsHere?.screen?.title;
  if (typeof own !== "string" || own === "" || !server.settings.flag("allow-set-title", { pane })) return pane.title;
  return own === pane.titleOver ? pane.title : own;
}

/** The foreground program's name; a login shell's without its dash. */
export function currentCommand(pane: Pane, { factsHere }: ResolvedPlace): string {
  const running = factsHere?.command;
  if (running) return programName(running);
  return pane.argv.length === 0 ? programName(pane.shell) : programName(pane.argv.join(" "));
}

function startCommand(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(" ");
}

function historySize(pane: Pane, rows: unknown): number | undefined {
  if (typeof rows !== "number") return pane.dead === null ? undefined : 0;
  if (rows <= pane.historyLimit) return rows;
  const dropped = Math.max(1, Math.floor(pane.historyLimit / 10));
  return pane.historyLimit - dropped + 1 + ((rows - pane.historyLimit - 1) % dropped);
}

function signalNumber(signal: string | null | undefined): number | undefined {
  if (signal === null || signal === undefined) return undefined;
  return SIGNALS[signal] ?? undefined;
}

/** The numbers that are the same wherever bide runs. */
const SIGNALS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};
