# oh-my-claudecode: sessions with a format of their own, has-session with a pane id, captures with history.
t -V
t new-session -d -P -F '#S:0 #{pane_id}' -s omc -x 200 -y 50 -c "$WORK/project" 'echo first; exec cat'
t new-window -d -P -F '#S:#I #{pane_id}' -t omc -n workers -c "$WORK/project" 'echo second; exec cat'
pane=$(q list-panes -t omc:workers -F '#{pane_id}')
t has-session -t "$pane"
t has-session -t %99
t split-window -h -t "$pane" -d -P -F '#{pane_id}' -c "$WORK/project" 'exec cat'
t split-window -v -l 4 -d -c "$WORK/project" -P -F '#{pane_id} #{pane_height}' -t "$pane" 'exec cat'
until [ "$(q list-panes -t omc:workers -F '#{pane_current_command}' | grep -cx cat)" = 3 ]; do :; done
t list-panes -t omc:workers -F '#{session_name}:#{window_index}.#{pane_index} #{pane_id} #{pane_active} #{window_name} #{pane_current_command}'
t display-message -p -t "$pane" '#{pane_dead} #{history_size}'
t send-keys -t "$pane" -l -- '--flag "quoted" $HOME; # no comment'
t send-keys -t "$pane" Enter
until [ "$(q capture-pane -p -t "$pane" | grep -c comment)" = 2 ]; do :; done
t send-keys -t "$pane" '1' Enter
until [ "$(q capture-pane -p -t "$pane" | grep -cx 1)" = 2 ]; do :; done
t capture-pane -J -t "$pane" -p -S -80
t set-option -t omc set-clipboard on
t show-options -t omc -v terminal-features
t select-pane -t "$pane"
t list-sessions -F '#{session_name}|#{session_attached}'
t kill-window -t omc:workers
t list-windows -t omc -F '#I #{window_panes}'
t kill-session -t omc
