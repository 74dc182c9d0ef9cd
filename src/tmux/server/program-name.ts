// From a command to the name that tmux gives a window or a pane's program (parse_window_name): without `exec`, without the
// dash of a login shell, the first word, the last part of a path.

export function programName(command: string): string {
  let name = command;
  if (name.startsWith('"')) name = name.slice(1);
  name = name.replace(/^exec +/, "").replace(/^[ -]+/, "");
  name = name.split(" ", 1)[0] ?? "";
  if (name.includes('"')) name = name.slice(0, name.indexOf('"'));
  name = name.replace(/[^A-Za-z0-9_+.)\]}>-]+$/, (end) => (/^[^\p{L}\p{N}]+$/u.test(end) ? "" : end));
  return name.startsWith("/") ? name.slice(name.lastIndexOf("/") + 1) : name;
}
