#!/bin/sh
# Ignores Ctrl-C, SIGHUP and SIGTERM, and says ready; so does what it waits for.
trap '' INT HUP TERM
echo ready
sleep 1000 &
wait
