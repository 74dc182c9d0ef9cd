# Read by the transcripts: `t ARGS` calls tmux as a tool does (standard input is no terminal) and writes call, output, error
# text and exit code to $TRANSCRIPT. `q ARGS` calls it and gives its output to the script instead.
t() {
  {
    printf '$'
    printf ' %s' "$@"
    printf '\n'
  } >>"$TRANSCRIPT"
  tmux "$@" </dev/null >>"$TRANSCRIPT" 2>&1
  printf '[%s]\n' "$?" >>"$TRANSCRIPT"
}
q() { tmux "$@" </dev/null; }
note() { printf '%s\n' "$*" >>"$TRANSCRIPT"; }
# Until the pane shows the text: what was printed may still be on its way.
seen() { until q capture-pane -p -S - -t "$1" | grep -qF -- "$2"; do sleep 0.02; done; }
