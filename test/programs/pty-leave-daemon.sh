#!/bin/sh
# Leaves a daemon behind (own session, no terminal, parent gone) that lives until the fifo $1 is written to.
setsid sh -c 'echo "daemon $$"; exec </dev/null >/dev/null 2>&1; read -r _ <"$1"' daemon "$1" &
echo ready
read -r _
