#!/bin/sh
# Exits with 3 and leaves a grandchild that holds the terminal and prints "late" once the fifo $1 is written to.
trap '' HUP
(read -r _ <"$1"; echo late) &
echo early
exit 3
