// Options of windows and panes with their first values: what `show-options -gw` prints. Data for option-table.ts.

import {
  array,
  choice,
  colour,
  flag,
  INTEGER,
  number,
  type OptionEntry,
  optionsOf,
  style,
  text,
} from "./option-entry.ts";

const SHORT = 32767;
const LINES = "single double heavy simple";

export const WINDOW_OPTIONS: readonly OptionEntry[] = optionsOf("window", {
  "aggressive-resize": flag("off"),
  "automatic-rename": flag("on"),
  "automatic-rename-format": text("#{?pane_in_mode,[tmux],#{pane_current_command}}#{?pane_dead,[dead],}"),
  "clock-mode-colour": colour("blue"),
  "clock-mode-style": choice("24", "12 24"),
  "copy-mode-current-match-style": style("bg=magenta,fg=black"),
  "copy-mode-mark-style": style("bg=red,fg=black"),
  "copy-mode-match-style": style("bg=cyan,fg=black"),
  "fill-character": text(""),
  "main-pane-height": text("24"),
  "main-pane-width": text("80"),
  "menu-border-lines": choice("single", `${LINES} rounded padded none`),
  "menu-border-style": style("default"),
  "menu-selected-style": style("bg=yellow,fg=black"),
  "menu-style": style("default"),
  "mode-keys": choice("emacs", "emacs vi"),
  "mode-style": style("bg=yellow,fg=black"),
  "monitor-activity": flag("off"),
  "monitor-bell": flag("on"),
  "monitor-silence": number(0, 0, INTEGER),
  "other-pane-height": text("0"),
  "other-pane-width": text("0"),
  "pane-base-index": number(0, 0, SHORT * 2 + 1),
  "pane-border-indicators": choice("colour", "off colour arrows both"),
  "pane-border-lines": choice("single", `${LINES} number`),
  "pane-border-status": choice("off", "off top bottom"),
  "popup-border-lines": choice("single", `${LINES} rounded padded none`),
  "popup-border-style": style("default"),
  "popup-style": style("default"),
  "window-size": choice("latest", "largest smallest manual latest"),
  "window-status-activity-style": style("reverse"),
  "window-status-bell-style": style("reverse"),
  "window-status-current-format": text("#I:#W#{?window_flags,#{window_flags}, }"),
  "window-status-current-style": style("default"),
  "window-status-format": text("#I:#W#{?window_flags,#{window_flags}, }"),
  "window-status-last-style": style("default"),
  "window-status-separator": text(" "),
  "window-status-style": style("default"),
  "wrap-search": flag("on"),
  "xterm-keys": flag("on"),
});

export const PANE_OPTIONS: readonly OptionEntry[] = optionsOf("pane", {
  "allow-passthrough": choice("off", "off on all"),
  "allow-rename": flag("off"),
  // 3.5
  "allow-set-title": flag("on"),
  "alternate-screen": flag("on"),
  "cursor-colour": colour("none"),
  "cursor-style": choice("default", "default blinking-block block blinking-underline underline blinking-bar bar"),
  "pane-active-border-style": style("#{?pane_in_mode,fg=yellow,#{?synchronize-panes,fg=red,fg=green}}"),
  "pane-border-format": text('#{?pane_active,#[reverse],}#{pane_index}#[default] "#{pane_title}"'),
  "pane-border-style": style("default"),
  "pane-colours": array("colour", []),
  "remain-on-exit": choice("off", "off on failed"),
  "remain-on-exit-format": text(
    "Pane is dead (#{?#{!=:#{pane_dead_status},},status #{pane_dead_status},}" +
      "#{?#{!=:#{pane_dead_signal},},signal #{pane_dead_signal},}, #{t:pane_dead_time})",
  ),
  "scroll-on-clear": flag("on"),
  "synchronize-panes": flag("off"),
  "window-active-style": style("default"),
  "window-style": style("default"),
});
