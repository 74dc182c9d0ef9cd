# libtmux 0.62: glued flags, clusters, -t given twice, and one format with 125 fields that must all be there.
NAMES='session_id session_name session_attached session_windows session_group session_grouped session_stack session_alerts session_path session_many_attached session_format session_marked
window_id window_name window_index window_active window_panes window_width window_height window_layout window_visible_layout window_flags window_raw_flags window_zoomed_flag window_linked window_linked_sessions window_active_clients window_bell_flag window_silence_flag window_last_flag window_start_flag window_end_flag window_marked_flag window_cell_width window_cell_height window_offset_x window_offset_y window_bigger window_stack_index window_format
pane_id pane_index pane_active pane_at_bottom pane_at_left pane_at_right pane_at_top pane_bottom pane_top pane_left pane_right pane_width pane_height pane_title pane_current_command pane_current_path pane_dead pane_dead_status pane_dead_signal pane_in_mode pane_mode pane_input_off pane_last pane_marked pane_marked_set pane_path pane_pipe pane_search_string pane_start_command pane_start_path pane_synchronized pane_tabs pane_unseen_changes pane_format pane_fg pane_bg
history_limit history_size cursor_x cursor_y cursor_flag cursor_character insert_flag keypad_flag keypad_cursor_flag origin_flag wrap_flag scroll_region_upper scroll_region_lower mouse_all_flag mouse_any_flag mouse_button_flag mouse_sgr_flag mouse_standard_flag mouse_utf8_flag alternate_on alternate_saved_x alternate_saved_y
last_window_index next_session_id host line no_such_name_at_all'
SEPARATOR='␞'
FORMAT=
for name in $NAMES; do FORMAT="$FORMAT#{$name}$SEPARATOR"; done
# One field a line, so that a difference names itself; the path of the test's own directory is told by the caller.
fields() {
  q "$@" | while IFS= read -r row; do
    set -- $NAMES
    rest=$row
    while [ $# -gt 0 ]; do
      note "$1=${rest%%"$SEPARATOR"*}"
      rest=${rest#*"$SEPARATOR"}
      shift
    done
    note "rest=$rest"
  done
}
t -V
t has-session -t =api
t new-session -P '-F#{session_id}␞' -d -s api -n one -x120 -y40 -c"$WORK/project" 'printf "one\ntwo"; exec cat'
t has-session -t =api
seen %1 two
fields list-panes -t '$1' -s "-F$FORMAT"
t split-window -t %1 -h -l30% -P '-F#{pane_id}␞' -c"$WORK/project" -d 'exec cat'
t new-window -t '$1:' -d -P '-F#{window_id}' -n second 'exec cat'
t set-option -t '$1' -g history-limit 3000
t show-options -t '$1' history-limit
t show-options -g history-limit
t set-environment -t '$1' LIB one
t show-environment -t '$1' LIB
t rename-window -t @1 first
t select-layout -t @1 even-vertical
t resize-pane -t %1 -y10
t list-windows -t '$1' '-F#{window_id} #{window_name} #{window_layout}'
t send-keys -t %1 -R \; clear-history -t %1
t capture-pane -t %1 -J -pS -
t capture-pane -t nobody -t %1 -p -S0 -E0
t list-sessions '-F#{session_id}:#{session_name}'
t list-panes -a '-F#{session_name}:#{window_index}.#{pane_index}'
t kill-session -t '$1'
