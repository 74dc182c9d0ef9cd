// The first values of the option status-format, which build a status row of the session's windows. Data for
// table-server-session.ts; tools read and replace them, so they are word for word what tmux has.

const WINDOW_STYLES =
  "#{?#{&&:#{window_last_flag},#{!=:#{E:window-status-last-style},default}}, #{E:window-status-last-style},}" +
  "#{?#{&&:#{window_bell_flag},#{!=:#{E:window-status-bell-style},default}}, #{E:window-status-bell-style}," +
  "#{?#{&&:#{||:#{window_activity_flag},#{window_silence_flag}}," +
  "#{!=:#{E:window-status-activity-style},default}}, #{E:window-status-activity-style},}}]";

const SEPARATOR = "#{?window_end_flag,,#{window-status-separator}}";

export const STATUS_FORMATS: readonly string[] = [
  "#[align=left range=left #{E:status-left-style}]#[push-default]#{T;=/" +
    "#{status-left-length}:status-left}#[pop-default]#[norange default]#[list=on align=#{status-justify}]" +
    "#[list=left-marker]<#[list=right-marker]>#[list=on]#{W:#[range=window|#{window_index} " +
    "#{E:window-status-style}" +
    WINDOW_STYLES +
    "#[push-default]#{T:window-status-format}#[pop-default]#[norange default]" +
    SEPARATOR +
    ",#[range=window|#{window_index} list=focus #{?#{!=:#{E:window-status-current-style},default}," +
    "#{E:window-status-current-style},#{E:window-status-style}}" +
    WINDOW_STYLES +
    "#[push-default]#{T:window-status-current-format}#[pop-default]#[norange list=on default]" +
    SEPARATOR +
    "}#[nolist align=right range=right #{E:status-right-style}]#[push-default]#{T;=/" +
    "#{status-right-length}:status-right}#[pop-default]#[norange default]",
  "#[align=centre]#{P:#{?pane_active,#[reverse],}#{pane_index}[#{pane_width}x#{pane_height}]#[default] }",
];
