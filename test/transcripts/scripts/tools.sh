# What smaller tools rely on: workmux, gastown, ntm, uzi, tmux-cli, tmux-mcp, oh-my-opencode-slim, fzf.
t has-session
t new-session -d -s tools -n main -x 120 -y 40 -c "$WORK" 'exec cat'
t new-window -d -a -t tools:main -n feature -c "$WORK/project" -P -F '#{pane_id}'
pane=$(q list-panes -t 'tools:=feature' -F '#{pane_id}')
t respawn-pane -t "$pane" -c "$WORK/project" -k 'printf "%s" "respawned in ${PWD##*/}"; exec cat'
seen "$pane" respawned
t capture-pane -p -t "$pane" -S 0 -E 0
t set-option -w -t "$pane" @workmux_status done
t show-options -wv -t "$pane" @workmux_status
t set-option -uw -t "$pane" @workmux_status
t show-options -wv -t "$pane" @workmux_status
t respawn-pane -t "$pane" 'exec cat'
t set-environment -t tools GT_ROLE mayor
t show-environment -t tools GT_ROLE
t show-environment -t tools GT_NONE
t set-environment -t tools -u GT_ROLE
t show-environment -t tools GT_ROLE
t list-sessions -F '#{session_name}' -f '#{==:#{session_name},tools}'
t list-sessions -F '#{session_name}' -f '#{m:x*,#{session_name}}'
t resize-window -t tools:main -x 100 -y 30
t list-windows -t tools -F '#{window_name} #{window_width}x#{window_height} #{window_zoomed_flag}'
t split-window -t tools:main -h -p 40 -P -F '#{pane_index} #{pane_width}' 'exec cat'
t split-window -t tools:main.0 -v -l 25% -P -F '#{pane_index} #{pane_height}' 'exec cat'
t resize-pane -t tools:main.0 -R 5
t resize-pane -t tools:main.1 -Z
t display-message -p -t tools:main '#{window_zoomed_flag} #{pane_width}x#{pane_height} #{window_flags}'
t resize-pane -t tools:main.1 -Z
t swap-pane -s tools:main.0 -t tools:main.1
t list-panes -t tools:main -F '#P #{pane_id} #{pane_width}x#{pane_height}+#{pane_left}+#{pane_top}'
t select-layout -t tools:main tiled
t list-panes -t tools:main -F '#{pane_width}x#{pane_height}'
t rename-session -t tools renamed
t rename-window -t renamed:main other
t display-message -p -t renamed:other '#S #W #{session_path}'
t select-window -t renamed:feature
t display-message -p -t renamed '#I #W'
t last-window -t renamed
t display-message -p -t renamed '#I #W'
t next-window -t renamed
t previous-window -t renamed
t move-window -s renamed:feature -t renamed:7
t list-windows -t renamed -F '#I #W'
t break-pane -d -s renamed:other.0 -n broken -P -F '#W #P'
t join-pane -d -s renamed:broken -t renamed:other
t list-panes -s -t renamed -F '#W #P'
printf 'from standard input' | tmux load-buffer -b in - 2>>"$TRANSCRIPT"
t show-buffer -b in
t save-buffer -b in "$WORK/saved"
t delete-buffer -b in
t show-buffer -b in
t list-buffers
t set-hook -t renamed pane-died 'display-message gone'
t show-hooks -t renamed
t clear-history -t renamed:other.0
t send-keys -t renamed:other.0 -H 68 69
t send-keys -t renamed:other.0 -N 3 x
t send-keys -t renamed:other.0 Enter
seen renamed:other.0 hixxx
t display-message -p '#{e|+|:1,2} #{?#{==:a,a},yes,no} #{=3:abcdef} #{l:#{x}} ##{x} #{nosuch}|'
t bind-key -T prefix F12 display-message bound
t list-keys -T prefix F12
t unbind-key -T prefix F12
t list-keys -T prefix F12
t nosuch
t new-session -Q
t send-keys -t nobody: x
t capture-pane -p -t nobody
t list-panes -t nobody
t select-pane -t %999
t show-options -gv nosuch
t show-options -gqv nosuch
t capture-pane -p -a -t renamed:other.0
t kill-session -t renamed
