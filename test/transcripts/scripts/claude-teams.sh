# Claude Code's agent teams as recorded with 2.1.211 (tmux-usage 1.1): a placeholder pane, styling, respawn with the
# teammate, layout, and two teammates that live, can be seen and typed to.
t show -Av mouse
t show -gv focus-events
t display-message -p '#{client_termtype}'
t display-message -t "$TMUX_PANE" -p '#{window_id}'
window=$(q display-message -t "$TMUX_PANE" -p '#{window_id}')
teammate() { # PANE NAME COLOUR
  t set-option -p -t "$1" window-style "bg=default,fg=$3"
  t set-option -p -t "$1" pane-border-style "fg=$3"
  t set-option -p -t "$1" pane-active-border-style "fg=$3"
  t select-pane -t "$1" -T "$2"
  t set-option -p -t "$1" pane-border-format "#[fg=$3,bold] #{pane_title} #[default]"
  t set-option -w -t "$window" pane-border-status top
  t set-option -p -t "$1" remain-on-exit failed
  t respawn-pane -k -t "$1" -- "cd $WORK/project && env CLAUDECODE=1 CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS=1 $WORK/bin/claude --agent-id $2@team --agent-name $2 --team-name team --agent-color $3 --parent-session-id 0"
  t list-panes -t "$window" -F '#{pane_id}'
  t wait-for "ready-$1"
}
t list-panes -t "$window" -F '#{pane_id}'
t split-window -d -t "$TMUX_PANE" -h -l 70% -P -F '#{pane_id}' -- cat
alpha=$(q list-panes -t "$window" -F '#{pane_id}' | tail -n 1)
teammate "$alpha" alpha blue
t split-window -d -t "$alpha" -v -P -F '#{pane_id}' -- cat
beta=$(q list-panes -t "$window" -F '#{pane_id}' | tail -n 1)
teammate "$beta" beta green
t select-layout -t "$window" main-vertical
t resize-pane -t "$TMUX_PANE" -x 30%
t list-panes -t "$window" -F '#{pane_id} #{pane_title} #{pane_width}x#{pane_height}+#{pane_left}+#{pane_top} #{pane_dead}'
for pane in "$alpha" "$beta"; do
  t send-keys -t "$pane" -l "a task for $pane; with a semicolon"
  t send-keys -t "$pane" Enter
  t wait-for "heard-$pane"
  seen "$pane" "heard a task"
  t capture-pane -p -t "$pane"
  t display-message -p -t "$pane" '#{pane_title} #{pane_current_command} #{pane_dead}'
done
# One fails and stays to be seen, one is killed.
t send-keys -t "$alpha" bye Enter
while [ "$(q display-message -p -t "$alpha" '#{pane_dead}')" = 0 ]; do :; done
# Not its status: tmux has that a moment later, and now and then never.
t display-message -p -t "$alpha" '#{pane_dead}'
t kill-pane -t "$alpha"
t kill-pane -t "$beta"
t list-panes -t "$window" -F '#{pane_id}'
t kill-pane -t "$beta"
