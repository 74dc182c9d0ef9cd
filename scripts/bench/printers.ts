// The programs that run inside the measured sessions, as arguments for /bin/sh: nothing is compiled for them.

/** Printed when a program is set up; attached clients paint it. */
export const READY = "ready-to-type";
/** Printed after everything else; in two parts, so that no command line that is shown can be taken for it. */
export const END_MARK = "all-of-it-was-printed";

/** Prints each byte that it gets at once, by a read and a write of cat: the shortest way without a compiler. */
export const ECHO = shell(`stty -icanon -echo min 1; printf ${READY}; exec cat`);

/** The same while the terminal is flooded, from the moment that it is started. */
export const FLOODED_ECHO = shell(
  `stty -icanon -echo min 1; printf ${READY}; yes 0123456789 0123456789 0123456789 0123456789 & exec cat`,
);

export const FLOOD = ["yes", "0123456789 0123456789 0123456789 0123456789"];

export const IDLE = ["sleep", "100000"];

/** Prints a file, then a mark, and stays. */
export function printAndStay(file: string): string[] {
  return shell(`cat ${file}; printf ${READY}; exec sleep 100000`);
}

/** Waits for a line, prints a file and the end mark; `times` gets when it began and ended, in ns, then is renamed. */
export function printWhenTold(file: string, times: string): string[] {
  const [head, tail] = [END_MARK.slice(0, 4), END_MARK.slice(4)];
  return shell(
    `stty -echo; printf ${READY}; read go; date +%s%N > ${times}.part; cat ${file}; date +%s%N >> ${times}.part; ` +
      `printf %s%s ${head} ${tail}; mv ${times}.part ${times}; exec sleep 100000`,
  );
}

function shell(script: string): string[] {
  return ["/bin/sh", "-c", script];
}
