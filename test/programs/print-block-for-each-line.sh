#!/bin/sh
# For every line that it reads, prints that line a thousand times.
stty -echo
echo ready
while read -r line; do
  awk -v line="$line" 'BEGIN { for (count = 1; count <= 1000; count++) printf "%s %d of a thousand times the same line\n", line, count }'
done
