# agent-deck: long lists of options, a control mode client for each session instead of a process for each question.
t -u new-session -d -s deck -c "$WORK/project" -x 100 -y 30 sh -c 'echo "args are exec'"'"'d"; exec cat'
t set-option -t deck status on \; set-option -t deck mouse on \; set-option -t deck window-size largest \; set -sq extended-keys on \; set -sq extended-keys-format csi-u \; set-option -t deck -q allow-passthrough on
t set-option -t deck status-left 'deck | ' \; show-options -t deck status-left
t set -asq terminal-features ',*:hyperlinks:extkeys'
t show-options -t deck
t list-clients -t deck -F '#{client_name}'
# Standard input stays open: its end detaches, at a moment of its own. Numbers and times of %begin differ from run to run.
mkfifo "$WORK/commands"
exec 3<>"$WORK/commands"
env -u TMUX -u TMUX_PANE tmux -u -S "${TMUX%%,*}" -C attach-session -t deck <&3 >"$WORK/control" 2>&1 &
until grep -q '^%session-changed' "$WORK/control"; do :; done
printf '%s\n' 'display-message -p "#{session_name} #{client_control_mode}"' 'list-panes -F "#{pane_id} #{pane_width}x#{pane_height}"' \
  'nosuch-verb' 'display-message -p -t %99 x' 'send-keys -l "typed"; display-message -p second' 'show-options -v status-left' detach >&3
wait $!
sed -E 's/^%(begin|end|error) [0-9]+ [0-9]+ ([0-9]+)$/%\1 \2/' "$WORK/control" | grep -vE '^%(output|client-|layout-change)' >>"$TRANSCRIPT"
exec 3>&-
t display-message -p -t deck '#{session_attached} #{alternate_on} #{window_panes}'
t respawn-pane -k -t deck: sh -c 'echo again; exec cat'
seen deck: again
t capture-pane -t deck -p -S 0 -E 1
printf 'pasted\nlines' | tmux load-buffer -b deck - 2>>"$TRANSCRIPT"
t paste-buffer -p -r -d -b deck -t deck
t resize-window -t deck -x 80 -y 24
t display-message -p -t deck '#{window_width}x#{window_height}'
t pipe-pane -t deck -o cat
t display-message -p -t deck '#{pane_pipe}'
t pipe-pane -t deck
t display-message -p -t deck '#{pane_pipe}'
t set-environment -t deck -g DECK_G 1
t show-environment -g DECK_G
t kill-session -t deck
