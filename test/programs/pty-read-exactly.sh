#!/bin/sh
# Reads $1 bytes of raw input into the file $2, then ends.
stty raw -echo
printf ready
exec head -c "$1" >"$2"
