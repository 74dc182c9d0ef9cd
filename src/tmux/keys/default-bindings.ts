// The bindings that tmux begins with, by table: key and command in command text, `-r` for those that repeat. Data for
// key-tables.ts. Those that open a menu are left out: bide has no menus.

const COPY_MODE = String.raw`
C-Space send-keys -X begin-selection
C-a send-keys -X start-of-line
C-b send-keys -X cursor-left
C-c send-keys -X cancel
C-e send-keys -X end-of-line
C-f send-keys -X cursor-right
C-g send-keys -X clear-selection
C-k send-keys -X copy-pipe-end-of-line-and-cancel
C-n send-keys -X cursor-down
C-p send-keys -X cursor-up
C-r command-prompt -i -I "#{pane_search_string}" -T search -p "(search up)" { send-keys -X search-backward-incremental "%%" }
C-s command-prompt -i -I "#{pane_search_string}" -T search -p "(search down)" { send-keys -X search-forward-incremental "%%" }
C-v send-keys -X page-down
C-w send-keys -X copy-pipe-and-cancel
Escape send-keys -X cancel
Space send-keys -X page-down
, send-keys -X jump-reverse
\; send-keys -X jump-again
F command-prompt -1 -p "(jump backward)" { send-keys -X jump-backward "%%" }
N send-keys -X search-reverse
P send-keys -X toggle-position
R send-keys -X rectangle-toggle
T command-prompt -1 -p "(jump to backward)" { send-keys -X jump-to-backward "%%" }
X send-keys -X set-mark
f command-prompt -1 -p "(jump forward)" { send-keys -X jump-forward "%%" }
g command-prompt -p "(goto line)" { send-keys -X goto-line "%%" }
n send-keys -X search-again
q send-keys -X cancel
r send-keys -X refresh-from-pane
t command-prompt -1 -p "(jump to forward)" { send-keys -X jump-to-forward "%%" }
MouseDown1Pane select-pane
MouseDrag1Pane select-pane \; send-keys -X begin-selection
MouseDragEnd1Pane send-keys -X copy-pipe-and-cancel
WheelUpPane select-pane \; send-keys -X -N 5 scroll-up
WheelDownPane select-pane \; send-keys -X -N 5 scroll-down
DoubleClick1Pane select-pane \; send-keys -X select-word \; run-shell -d 0.3 \; send-keys -X copy-pipe-and-cancel
TripleClick1Pane select-pane \; send-keys -X select-line \; run-shell -d 0.3 \; send-keys -X copy-pipe-and-cancel
Home send-keys -X start-of-line
End send-keys -X end-of-line
NPage send-keys -X page-down
PPage send-keys -X page-up
Up send-keys -X cursor-up
Down send-keys -X cursor-down
Left send-keys -X cursor-left
Right send-keys -X cursor-right
M-C-b send-keys -X previous-matching-bracket
M-C-f send-keys -X next-matching-bracket
M-1 command-prompt -N -I 1 -p (repeat) { send-keys -N "%%" }
M-2 command-prompt -N -I 2 -p (repeat) { send-keys -N "%%" }
M-3 command-prompt -N -I 3 -p (repeat) { send-keys -N "%%" }
M-4 command-prompt -N -I 4 -p (repeat) { send-keys -N "%%" }
M-5 command-prompt -N -I 5 -p (repeat) { send-keys -N "%%" }
M-6 command-prompt -N -I 6 -p (repeat) { send-keys -N "%%" }
M-7 command-prompt -N -I 7 -p (repeat) { send-keys -N "%%" }
M-8 command-prompt -N -I 8 -p (repeat) { send-keys -N "%%" }
M-9 command-prompt -N -I 9 -p (repeat) { send-keys -N "%%" }
M-< send-keys -X history-top
M-> send-keys -X history-bottom
M-R send-keys -X top-line
M-b send-keys -X previous-word
M-f send-keys -X next-word-end
M-m send-keys -X back-to-indentation
M-r send-keys -X middle-line
M-v send-keys -X page-up
M-w send-keys -X copy-pipe-and-cancel
M-x send-keys -X jump-to-mark
"M-{" send-keys -X previous-paragraph
"M-}" send-keys -X next-paragraph
M-Up send-keys -X halfpage-up
M-Down send-keys -X halfpage-down
C-Up send-keys -X scroll-up
C-Down send-keys -X scroll-down
`;

const COPY_MODE_VI = String.raw`
C-b send-keys -X page-up
C-c send-keys -X cancel
C-d send-keys -X halfpage-down
C-e send-keys -X scroll-down
C-f send-keys -X page-down
C-h send-keys -X cursor-left
C-j send-keys -X copy-pipe-and-cancel
Enter send-keys -X copy-pipe-and-cancel
C-u send-keys -X halfpage-up
C-v send-keys -X rectangle-toggle
C-y send-keys -X scroll-up
Escape send-keys -X clear-selection
Space send-keys -X begin-selection
\# send-keys -FX search-backward "#{copy_cursor_word}"
\$ send-keys -X end-of-line
\% send-keys -X next-matching-bracket
* send-keys -FX search-forward "#{copy_cursor_word}"
, send-keys -X jump-reverse
/ command-prompt -T search -p "(search down)" { send-keys -X search-forward "%%" }
0 send-keys -X start-of-line
1 command-prompt -N -I 1 -p (repeat) { send-keys -N "%%" }
2 command-prompt -N -I 2 -p (repeat) { send-keys -N "%%" }
3 command-prompt -N -I 3 -p (repeat) { send-keys -N "%%" }
4 command-prompt -N -I 4 -p (repeat) { send-keys -N "%%" }
5 command-prompt -N -I 5 -p (repeat) { send-keys -N "%%" }
6 command-prompt -N -I 6 -p (repeat) { send-keys -N "%%" }
7 command-prompt -N -I 7 -p (repeat) { send-keys -N "%%" }
8 command-prompt -N -I 8 -p (repeat) { send-keys -N "%%" }
9 command-prompt -N -I 9 -p (repeat) { send-keys -N "%%" }
: command-prompt -p "(goto line)" { send-keys -X goto-line "%%" }
\; send-keys -X jump-again
? command-prompt -T search -p "(search up)" { send-keys -X search-backward "%%" }
A send-keys -X append-selection-and-cancel
B send-keys -X previous-space
D send-keys -X copy-pipe-end-of-line-and-cancel
E send-keys -X next-space-end
F command-prompt -1 -p "(jump backward)" { send-keys -X jump-backward "%%" }
G send-keys -X history-bottom
H send-keys -X top-line
J send-keys -X scroll-down
K send-keys -X scroll-up
L send-keys -X bottom-line
M send-keys -X middle-line
N send-keys -X search-reverse
P send-keys -X toggle-position
T command-prompt -1 -p "(jump to backward)" { send-keys -X jump-to-backward "%%" }
V send-keys -X select-line
W send-keys -X next-space
X send-keys -X set-mark
^ send-keys -X back-to-indentation
b send-keys -X previous-word
e send-keys -X next-word-end
f command-prompt -1 -p "(jump forward)" { send-keys -X jump-forward "%%" }
g send-keys -X history-top
h send-keys -X cursor-left
j send-keys -X cursor-down
k send-keys -X cursor-up
l send-keys -X cursor-right
n send-keys -X search-again
o send-keys -X other-end
q send-keys -X cancel
r send-keys -X refresh-from-pane
t command-prompt -1 -p "(jump to forward)" { send-keys -X jump-to-forward "%%" }
v send-keys -X rectangle-toggle
w send-keys -X next-word
\{ send-keys -X previous-paragraph
\} send-keys -X next-paragraph
MouseDown1Pane select-pane
MouseDrag1Pane select-pane \; send-keys -X begin-selection
MouseDragEnd1Pane send-keys -X copy-pipe-and-cancel
WheelUpPane select-pane \; send-keys -X -N 5 scroll-up
WheelDownPane select-pane \; send-keys -X -N 5 scroll-down
DoubleClick1Pane select-pane \; send-keys -X select-word \; run-shell -d 0.3 \; send-keys -X copy-pipe-and-cancel
TripleClick1Pane select-pane \; send-keys -X select-line \; run-shell -d 0.3 \; send-keys -X copy-pipe-and-cancel
BSpace send-keys -X cursor-left
NPage send-keys -X page-down
PPage send-keys -X page-up
Up send-keys -X cursor-up
Down send-keys -X cursor-down
Left send-keys -X cursor-left
Right send-keys -X cursor-right
M-x send-keys -X jump-to-mark
C-Up send-keys -X scroll-up
C-Down send-keys -X scroll-down
`;

const PREFIX = String.raw`
C-b send-prefix
C-o rotate-window
C-z suspend-client
Space next-layout
! break-pane
\" split-window
\# list-buffers
\$ command-prompt -I "#S" { rename-session "%%" }
\% split-window -h
& confirm-before -p "kill-window #W? (y/n)" kill-window
\' command-prompt -T window-target -p index { select-window -t ":%%" }
( switch-client -p
) switch-client -n
, command-prompt -I "#W" { rename-window "%%" }
- delete-buffer
. command-prompt -T target { move-window -t "%%" }
/ command-prompt -k -p key { list-keys -1N "%%" }
0 select-window -t :=0
1 select-window -t :=1
2 select-window -t :=2
3 select-window -t :=3
4 select-window -t :=4
5 select-window -t :=5
6 select-window -t :=6
7 select-window -t :=7
8 select-window -t :=8
9 select-window -t :=9
: command-prompt
\; last-pane
= choose-buffer -Z
? list-keys -N
C customize-mode -Z
D choose-client -Z
E select-layout -E
L switch-client -l
M select-pane -M
[ copy-mode
] paste-buffer -p
c new-window
d detach-client
f command-prompt { find-window -Z "%%" }
i display-message
l last-window
m select-pane -m
n next-window
o select-pane -t :.+
p previous-window
q display-panes
r refresh-client
s choose-tree -Zs
t clock-mode
w choose-tree -Zw
x confirm-before -p "kill-pane #P? (y/n)" kill-pane
z resize-pane -Z
\{ swap-pane -U
\} swap-pane -D
\~ show-messages
-r DC refresh-client -c
PPage copy-mode -u
-r Up select-pane -U
-r Down select-pane -D
-r Left select-pane -L
-r Right select-pane -R
M-1 select-layout even-horizontal
M-2 select-layout even-vertical
M-3 select-layout main-horizontal
M-4 select-layout main-vertical
M-5 select-layout tiled
M-n next-window -a
M-o rotate-window -D
M-p previous-window -a
-r M-Up resize-pane -U 5
-r M-Down resize-pane -D 5
-r M-Left resize-pane -L 5
-r M-Right resize-pane -R 5
-r C-Up resize-pane -U
-r C-Down resize-pane -D
-r C-Left resize-pane -L
-r C-Right resize-pane -R
-r S-Up refresh-client -U 10
-r S-Down refresh-client -D 10
-r S-Left refresh-client -L 10
-r S-Right refresh-client -R 10
`;

const ROOT = String.raw`
MouseDown1Pane select-pane -t = \; send-keys -M
MouseDown1Status select-window -t =
MouseDown2Pane select-pane -t = \; if-shell -F "#{||:#{pane_in_mode},#{mouse_any_flag}}" { send-keys -M } { paste-buffer -p }
MouseDrag1Pane if-shell -F "#{||:#{pane_in_mode},#{mouse_any_flag}}" { send-keys -M } { copy-mode -M }
MouseDrag1Border resize-pane -M
WheelUpPane if-shell -F "#{||:#{pane_in_mode},#{mouse_any_flag}}" { send-keys -M } { copy-mode -e }
WheelUpStatus previous-window
WheelDownStatus next-window
DoubleClick1Pane select-pane -t = \; if-shell -F "#{||:#{pane_in_mode},#{mouse_any_flag}}" { send-keys -M } { copy-mode -H ; send-keys -X select-word ; run-shell -d 0.3 ; send-keys -X copy-pipe-and-cancel }
TripleClick1Pane select-pane -t = \; if-shell -F "#{||:#{pane_in_mode},#{mouse_any_flag}}" { send-keys -M } { copy-mode -H ; send-keys -X select-line ; run-shell -d 0.3 ; send-keys -X copy-pipe-and-cancel }
`;

/** Lines of bindings by the name of their table. */
export const DEFAULT_BINDINGS: Readonly<Record<string, readonly string[]>> = {
  "copy-mode": linesOf(COPY_MODE),
  "copy-mode-vi": linesOf(COPY_MODE_VI),
  prefix: linesOf(PREFIX),
  root: linesOf(ROOT),
};

function linesOf(text: string): readonly string[] {
  return text.trim().split("\n");
}
