# oh-my-codex: a leader with workers in a window of its own, a HUD pane, user options, buffers pasted, hooks for resizing.
t -V
t new-session -d -s omx-team -x 180 -y 45 -c "$WORK/project" 'sh -c "echo leader; exec cat"'
t has-session -t omx-team
leader=$(q list-panes -t omx-team -F '#{pane_id}')
t split-window -h -t "$leader" -d -P -F '#{pane_id}' -c "$WORK/project" 'echo worker 1; exec cat'
t split-window -v -t "$leader" -d -P -F '#{pane_id}' -c "$WORK/project" 'echo worker 2; exec cat'
hud=$(q split-window -v -l 3 -t "$leader" -d -P -F '#{pane_id}' -c "$WORK/project" 'echo hud --watch; exec cat')
t select-layout -t omx-team:0 main-vertical
t set-window-option -t omx-team:0 main-pane-width 90
t select-layout -t omx-team:0 main-vertical
t resize-pane -t "$hud" -y 5
t list-panes -s -t omx-team -F '#{session_name} #{window_id} #{window_index} #{pane_id} #{pane_active} #{pane_dead} #{pane_width} #{pane_height} #{pane_left} #{pane_top}'
t list-panes -t omx-team:0 -F '#{pane_id} #{pane_start_command}'
t set-option -t omx-team mouse on
t set-option -t omx-team set-clipboard on
t set-option -ga terminal-overrides ',xterm*:XT'
t show-options -sv extended-keys
t set-option -sq extended-keys always
t show-options -sv extended-keys
t set-option -q -t omx-team history-limit 5000
t show-options -t omx-team history-limit
t set-option -p -t "$hud" @omx_hud 'a value with blanks'
t show-option -qv -p -t "$hud" @omx_hud
t show-options -qv -t omx-team @omx_none
t set-option -t omx-team @omx_role "it's"
t show-options -t omx-team @omx_role
t display-message -p -t "$hud" '#{@omx_hud}|#{@omx_role}|#{pane_in_mode}'
t set-option -gq @omx_global g
t show-options -g -v @omx_global
t set-buffer -b omx -- 'pasted words; and more'
t paste-buffer -t "$leader" -b omx -p -d
t show-buffer -b omx
t send-keys -t "$leader" C-m
seen "$leader" 'and more'
t capture-pane -t "$leader" -p -S -5
t set-hook -t omx-team 'client-resized[3]' "run-shell -b 'tmux resize-pane -t $hud -y 3'"
t show-hooks -t omx-team
t set-hook -u -t omx-team 'client-resized[3]'
t show-hooks -t omx-team
t if-shell -F -t "$leader" '#{pane_in_mode}' 'run-shell "exit 1"' 'display-message -p no'
t run-shell 'exit 3'
t display-message -p -t omx-team '#S:#I #{pane_id}'
t send-keys -t "$leader" -l -- '-dashes; and a semicolon;'
t send-keys -t "$leader" C-u
t list-sessions -F '#{session_name} #{session_attached} #{session_windows}'
t display-message -t omx-team -- 'a note'
t rename-window -t omx-team:0 work \; display-message -p -t omx-team '#W'
t kill-pane -t "$hud"
t kill-session -t omx-team
t has-session -t omx-team
