#!/bin/sh
# Puts the terminal into raw mode and never reads from it.
stty raw -echo
printf ready
exec sleep 1000
