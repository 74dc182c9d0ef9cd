# Claude Code's older way (tmux-usage 1.2): a split with a shell, the command typed into it at once, and looks at screens.
t -V
t display-message -p '#{session_name}:#{window_index}'
t display-message -p '#{pane_id}'
t has-session -t "$(q display-message -p '#{session_name}')"
for name in alpha beta; do
  t split-window -t "$TMUX_PANE" -h -P -F '#{pane_id}'
  pane=$(q list-panes -F '#{pane_id}' | sort -t% -k2n | tail -n 1)
  t send-keys -t "$pane" "cd '$WORK/project' && CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS=1 '$WORK/bin/claude' --agent-name $name" Enter
  t wait-for "ready-$pane"
  t select-layout -t "$TMUX_PANE" main-vertical
done
t list-panes -F '#{pane_index} #{pane_id} #{pane_width}x#{pane_height} #{pane_active}'
q list-panes -F '#{pane_id}' | while read -r pane; do
  [ "$pane" = "$TMUX_PANE" ] && continue
  t send-keys -t "$pane" -l 'hello there'
  t send-keys -t "$pane" Enter
  t wait-for "heard-$pane"
  seen "$pane" 'heard hello'
  # What was typed stands before or after the shell's prompt; what the teammate said does not change.
  q capture-pane -p -S -100 -t "$pane" | grep -oE '(teammate --|in project|heard ).*' >>"$TRANSCRIPT"
  t kill-pane -t "$pane"
done
t list-panes -F '#{pane_id}'
