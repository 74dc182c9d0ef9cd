// The two lines of shell that `bide write` types at the far end, which may be behind ssh in the session, and the words
// that both ends exchange. The rules: POSIX sh and its tools only; the file appears with all its bytes or not at all;
// whatever happens, also when nobody types any more for 25 seconds or the user presses Ctrl-C, the terminal gets its
// settings back and the temporary file goes.
//
// far -> near, as OSC sequences that no terminal shows: `go`, `ready DECODER CHECKSUM`, `ok` for each piece, then
//   `done`, `full REASON`, `failed REASON`, `damaged`, `gone` or `interrupted`; after one of these the shell has it again.
// near -> far, as lines: the length of a piece and then the piece, `.` (still here), `= CHECKSUM` (that was all).

/** A private number that no terminal gives a meaning. */
const OSC = 6973;
/** Deciseconds without a byte after which the far side gives up; the most that a terminal can wait. */
const SILENCE = 250;

export type Decoder = "base64" | "octal";
export type Checksum = "sha256" | "cksum";

/** What marks of this write begin with in the output. What is typed has `\033` in it and never this. */
export function markStart(nonce: string): string {
  return `\x1b]${OSC};${nonce};`;
}
export const MARK_END = "\x07";

/**
 * The command line for the shell: reads and runs `stage`. It begins with a blank, so that shells that may do so keep
 * it out of their history, and means the same in sh, bash, zsh, fish, ksh and csh.
 */
export function starter(nonce: string): string {
  const settings = `stty -echo -icanon -ixon -icrnl min 0 time ${SILENCE}`;
  const go = `printf "\\033]${OSC};${nonce};go\\007"`;
  return ` sh -c 's=$(stty -g);${settings};${go};IFS= read -r x&&eval "$x";stty "$s"'`;
}

/**
 * One line of text for the starter. `path`: the bytes of a path as the far side understands it, relative to the
 * shell's directory. `rows`: how many rows above the cursor the command line began, to be taken off the screen.
 */
export function stage(nonce: string, path: Uint8Array, rows: number): string {
  // Only letters travel in the path: quotes, line feeds and what is no text arrive as they are.
  const octal = [...path].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return [
    "LC_ALL=C",
    "export LC_ALL",
    `m() { printf '\\033]${OSC};${nonce};%s\\007' "$1"; }`,
    "t=",
    // The end: what may still be on its way is taken off the terminal before the shell gets it back.
    `x() { trap '' INT TERM HUP QUIT; [ "$t" ] && rm -f "$t"; [ "$2" ] && { stty min 0 time 5; cat >/dev/null; }; ${eraseRows(rows)}; stty "$s"; m "$1"; exit; }`,
    "trap 'x interrupted drain' INT TERM HUP QUIT",
    `f() { e=$(printf %s "$1" | tr -cd '\\040-\\176\\200-\\377'); case $e in *"o space left"*|*uota*) x "full $e" $2;; *) x "failed $e" $2;; esac; }`,
    // The dot keeps line feeds at the end.
    `p=$(printf '${octal}.')`,
    `p=\${p%.}`,
    "case $p in -*) p=./$p;; esac",
    // A link keeps its place: what it leads to is replaced.
    `[ -L "$p" ] && { q=$(readlink -f "$p" && printf .) && p=\${q%?.}; }`,
    `[ -d "$p" ] && f "it is a directory"`,
    `[ -e "$p" ] && [ ! -f "$p" ] && f "it is no regular file"`,
    `case $p in */*) t=\${p%/*}/;; esac`,
    `t=$t.bide-${nonce}`,
    "u=$(umask)",
    "umask 077",
    `e=$({ : >"$t"; } 2>&1) || { t=; f "\${e#sh: }"; }`,
    'if [ "$(printf YQ== | base64 -d 2>/dev/null)" = a ]; then k=base64; d() { base64 -d; }',
    'elif [ "$(printf YQ== | base64 -D 2>/dev/null)" = a ]; then k=base64; d() { base64 -D; }',
    'elif [ "$(printf YQ== | openssl base64 -d -A 2>/dev/null)" = a ]; then k=base64; d() { openssl base64 -d -A; }',
    'else k=octal; d() { printf "$(cat)"; }',
    "fi",
    `if [ "$(printf ab | head -c 1 2>/dev/null)" = a ]; then r() { head -c "$1"; }`,
    'else r() { dd bs=1 count="$1" 2>/dev/null; }',
    "fi",
    "if command -v sha256sum >/dev/null 2>&1; then n=sha256; h() { sha256sum; }",
    "elif command -v shasum >/dev/null 2>&1; then n=sha256; h() { shasum -a 256; }",
    "else n=cksum; h() { cksum; }",
    "fi",
    'm "ready $k $n"',
    // What the decoder leaves unread when the disk is full is read all the same, so that the shell never sees it.
    'while IFS= read -r c; do case $c in [0-9]*) e=$(r "$c" | { d >>"$t" || { cat >/dev/null; exit 1; }; } 2>&1) || f "$e" drain; m ok;; =*) break;; esac; done',
    'case $c in "= "*) ;; *) x gone drain;; esac',
    `[ "$(h <"$t" | cut -d " " -f 1)" = "\${c#= }" ] || x damaged`,
    'umask "$u"',
    `a() { ls -ld "$p" | head -n 1 | cut -c "$1" | tr st xx | tr -cd rwx; }`,
    'if [ -f "$p" ]; then chmod "u=$(a 2-4),g=$(a 5-7),o=$(a 8-10)" "$t"; else chmod =rw "$t"; fi',
    'e=$(mv -f "$t" "$p" 2>&1) || f "$e"',
    "t=",
    "x done",
  ].join("; ");
}

function eraseRows(rows: number): string {
  return `printf '\\r${rows > 0 ? `\\033[${rows}A` : ""}\\033[J'`;
}
