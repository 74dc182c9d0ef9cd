#!/bin/sh
# Asks its terminal $1 times whether it is well and waits for each answer (4 bytes); then waits for one too many.
stty raw -echo
asked=0
while [ $asked -lt "$1" ]; do
  printf '\r\033[5n%s ' $asked
  dd bs=1 count=4 2>/dev/null | od -An -c | grep -q '033 *\[ *0 *n' || printf 'a strange answer, '
  asked=$((asked + 1))
done
stty min 0 time 1
printf 'answered %s, then %s bytes more.' $asked "$(dd bs=1 count=9 2>/dev/null | wc -c)"
exec sleep 1000
