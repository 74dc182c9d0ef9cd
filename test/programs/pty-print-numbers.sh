#!/bin/sh
# Prints 1 to $1, one a line, and exits with $2 right after the last byte.
seq 1 "$1"
exit "$2"
