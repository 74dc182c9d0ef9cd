// Runs a synchronous step under a known umask, and puts the user's back.
// Called wherever a directory or a socket is created; the rule it keeps: what bide creates has exactly
// the mode that bide means, under any umask, and programs still inherit the umask of their caller.

/** `mask` 0o077 gives 0700 directories; 0o177 gives 0600 sockets (a bound socket has no mode argument). */
export function withUmask<T>(mask: number, create: () => T): T {
  const before = process.umask(mask);
  try {
    return create();
  } finally {
    process.umask(before);
  }
}
