#!/bin/sh
# Prints what the program was given: terminal, modes, umask, signals, open files, session.
echo "tty: $(tty)"
echo "umask: $(umask)"
echo "cwd: $(pwd -P)"
echo "controlling: $( (: </dev/tty) && echo yes)"
printf 'fds: '
(cd /proc/$$/fd && echo *)
echo "signals: $(grep -E '^Sig(Blk|Ign):' /proc/$$/status | tr -s '\t\n' ' ')"
echo "ids: $$" $(ps -o pgid=,sid= -p $$)
echo "modes: $(stty -a | tr '\n' ' ')"
