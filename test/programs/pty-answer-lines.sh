#!/bin/sh
# Prints the size of the terminal for every line that it reads, and "resized" after a SIGWINCH.
trap 'echo resized' WINCH
echo ready
while :; do read -r _ && stty size; done # a signal ends read in some shells
