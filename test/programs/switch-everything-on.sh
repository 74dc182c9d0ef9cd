#!/bin/sh
# Leaves a terminal in every state that a program can leave it in, then waits for a line and exits with its number.
stty -echo
printf '\033]4;1;#123456\007\033]10;#111111\007\033]11;#eeeeee\007\033]12;#ff0000\007'
printf '\033[2;9r\033[?6h\033[1;4;31;44m\033[4h\033[20h\033[?1h\033=\033[?5h\033[?7l\033[?45h'
printf '\033]0;first\007\033[22;0t\033]2;second\007\033[22;2t\033]1;icon\007\033[22;1t\033]2;third\007'
printf '\033[>4;2m\033[>1u\033[?2004h\033[?1004h\033[5 q\033[3g'
printf '\033[?1049h\033[?1000;1002;1003;1006h\033[>3u\033[?25l\033[3;7r'
printf 'everything is on\033(0\033]8;;http://example.com/\033\\\033]2;half a ti'
IFS= read -r line
exit "$line"
