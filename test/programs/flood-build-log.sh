#!/bin/sh
# Waits for a line, prints $1 lines as a build does, and then reads on.
echo waiting
read -r _
awk -v lines="$1" 'BEGIN {
  for (line = 1; line <= lines; line++)
    printf "\033[32m[%7d]\033[0m Building CXX object src/module-%d/CMakeFiles/file-%d.cpp.o\n", line, line % 97, line
}'
echo built
exec cat
