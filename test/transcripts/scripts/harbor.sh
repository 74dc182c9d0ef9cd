# terminal-bench's harness: a session with variables, a list of commands, output piped to a log, keys with a blocking wait.
t -V
t set-option -g history-limit 10000000
t new-session -e K=V -e 'TWO=a b' -x 160 -y 40 -d -s bench 'exec sh' \; set-option -t bench history-limit 50000 \; pipe-pane -t bench "cat > $WORK/log"
t has-session -t bench
t send-keys -t bench -- 'echo "$K $TWO"; tmux wait-for -S done' Enter
t wait-for done
seen bench 'V a b'
q capture-pane -p -S - -t bench | grep -x 'V a b' >>"$TRANSCRIPT"
t send-keys -t bench 'exit 5' Enter
while q has-session -t bench 2>/dev/null; do :; done
t has-session -t bench
grep -c 'V a b' "$WORK/log" >>"$TRANSCRIPT"
