# tmuxinator: windows and panes by index with the user's base indexes, layouts by name and by string, titles.
t start-server \; show-option -g base-index \; show-window-option -g pane-base-index
t new-session -d -s site -n editor -x 160 -y 48
t send-keys -t site:0 "cd $WORK/project" C-m
t splitw -c "$WORK/project" -t site:0
t select-layout -t site:0 tiled
t splitw -c "$WORK/project" -t site:0
t select-layout -t site:0 tiled
t select-layout -t site:0 main-vertical
t new-window -c "$WORK/project" -k -t site:1 -n server 'exec cat'
t set-window-option -t site:1 pane-border-status top
t set-window-option -t site:1 pane-border-format '#{pane_index}'
t set-window-option -t site:1 synchronize-panes on
t select-pane -t site:0.1 -T notes
t select-window -t site:0
t select-pane -t site:0.0
t list-windows -t site -F '#I #W #F #{window_layout} #{pane_id}'
t list-panes -s -t site -F '#I.#P #{pane_width}x#{pane_height} #{pane_title}'
layout=$(q list-windows -t site -F '#{window_layout}' | head -n 1)
t select-layout -t site:0 even-horizontal
t select-layout -t site:0 "$layout"
t display-message -p -t site:0 '#{window_layout}'
t select-layout -t site:0 'bad layout'
t select-layout -t site:9 tiled
t kill-session -t site
