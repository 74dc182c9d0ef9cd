// source-file beside Debian's tmux: which branch of an %if is taken, what -v prints, and where it is said what is wrong.

import { expect } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "../support/needs.ts";
import { sandbox } from "../support/sandbox.ts";
import { Oracle } from "./oracle.ts";

const FILES: Readonly<Record<string, string>> = {
  "good.conf": 'set -g @a 1 ; set -g @b "x y"\nNAME=5\nset -g @c "$NAME"\ndisplay -p printed\nset -g @d {\n  lsw\n}\n',
  "if.conf":
    '%if "#{==:a,b}"\nset -g @if yes\n%else\nset -g @if no\n%endif\n' +
    "%if #{==:#{session_name},foo}\nset -g @session yes\n%endif\n%if 0\nset -g @zero yes\n%elif 1\nset -g @zero no\n%endif\n",
  "wrong.conf": "set -g @w 1\n\nbogus\nset -g @x 2\n",
  "open.conf": "set -g @w {\n",
  "fails.conf": "set -g nope 1\nset -g @after yes\nselect-pane -t %99\n",
};

const CALLS: readonly (readonly [call: string, input?: string])[] = [
  ["new-session -d -s foo -n main -x 80 -y 24 cat"],
  ["source-file good.conf"],
  ["source-file -v good.conf"],
  ["source-file -nv good.conf"],
  ["show-options -gv @c"],
  ["source-file -v if.conf"],
  ["show-options -gv @if"],
  ["show-options -gv @session"],
  ["show-options -gv @zero"],
  ["source-file wrong.conf"],
  ["source-file -v wrong.conf"],
  ["source-file wrong.conf ; display-message -p goes_on"],
  ["show-options -gqv @w"],
  ["source-file open.conf"],
  ["source-file fails.conf"],
  ["show-options -gv @after"],
  ["source-file none.conf"],
  ["source-file -q none.conf"],
  ["source-file none.conf good.conf other.conf"],
  ["source-file *.none"],
  ["source-file -q *.none"],
  ["source-file -v -", "set -g @in 1\n"],
  ["source-file -", "bogus\n"],
  ["source-file -n -", "set -g @in 2\n"],
  ["show-options -gv @in"],
];

needs("tmux")("source-file: conditions, what -v prints, and its failures are tmux's", async () => {
  await using box = sandbox();
  await using oracle = new Oracle(box);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(box.root, name), text);
  for (const [call, input] of CALLS) {
    const args = call.split(" ");
    const [real, ours] = await Promise.all([oracle.real(args, input), oracle.ours(args, input)]);
    expect({ call, ...ours }).toEqual({ call, ...real });
  }
});
