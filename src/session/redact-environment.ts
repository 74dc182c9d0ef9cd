// `inspect` shows the names of a session's variables, and their values except those that look secret. The
// true environment is kept for `restart` in a file of its own that nothing shows.

const SECRET_NAME =
  /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE|AUTH|COOKIE|SESSION_KEY|DSN|_KEY$|_PAT$|^PAT$)/i;
/** Values that are secret whatever they are called: URLs with a password, well-known token shapes. */
const SECRET_VALUE =
  /(:\/\/[^/\s:@]+:[^/\s@]+@|\b(sk|ghp|gho|ghs|github_pat|xox[abps]|glpat|AKIA)[-_A-Za-z0-9]{12,}|-----BEGIN|\beyJ[A-Za-z0-9_-]{10,}\.)/;
/** Names that match above and hold nothing secret. */
const HARMLESS = /^(SSH_AUTH_SOCK|XAUTHORITY|BIDE_SESSION_ID)$/;

export function redactEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const secret = (SECRET_NAME.test(name) && !HARMLESS.test(name)) || SECRET_VALUE.test(value);
    shown[name] = secret && value !== "" ? "[redacted]" : value;
  }
  return shown;
}
