# claude-squad: one session per agent, glued targets, options, captures with colour, the default line of ls.
t has-session -t=claudesquad_a
t new-session -d -s claudesquad_a.b -x 80 -y 24 -c "$WORK/project" 'printf "\033[31mred\033[0m plain\n"; exec cat'
t has-session -t=claudesquad_a_b
t has-session -t=claudesquad_a
t has-session -t claudesquad_a
t set-option -t claudesquad_a_b history-limit 10000
t set-option -t claudesquad_a_b mouse on
seen claudesquad_a_b plain
t capture-pane -p -e -J -t claudesquad_a_b
t capture-pane -p -S 0 -E 0 -t claudesquad_a_b
q ls | sed 's/(created .*)/(created)/' >>"$TRANSCRIPT"
t attach-session -t claudesquad_a_b
t new-session -d -s claudesquad_a.b
t kill-session -t claudesquad_a_b
t kill-session -t claudesquad_a_b
