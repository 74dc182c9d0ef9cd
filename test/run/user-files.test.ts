// The user's own files and hooks work as without the integration, however awkward they are, and `run` works with them.

import { expect, setDefaultTimeout } from "bun:test";
import { needs } from "../support/needs.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { home, RC_FILE, run, runText, SHELLS } from "./shell.ts";

setDefaultTimeout(60_000);

/** What the session's terminal shows, once a command that was typed has finished. */
async function typed(box: Sandbox, text: string, command: number): Promise<string> {
  await box.type("s", `${text}\r`);
  await box.event("s", (event) => event.event === "command_finished" && event.command === command);
  return box.ok(["logs", "s"]);
}

needs("bash")(
  "bash with hooks in an array, a computed prompt, PS0 and a DEBUG trap, all of them still at work",
  async () => {
    await using box = home({
      ".bashrc": `
PROMPT_COMMAND=('last=$?' 'PS1="[$last \\$(echo computed)]$ "')
PS0='[ps0]'
trap 'debugged=$BASH_COMMAND' DEBUG
HISTCONTROL=ignoreboth
set -o vi
`,
    });
    await box.start("s", ["bash"]);
    expect((await run(box, ["echo ran; (exit 7)"])).stdout).toBe("ran\n");
    const shown = await typed(box, "echo $last $debugged", 2);
    expect(shown).toContain("[7 computed]$ ");
    expect(shown).toContain("[ps0]");
    expect((await run(box, ["echo $HISTCONTROL"])).stdout).toBe("ignoreboth\n");
  },
);

needs("bash")("bash with hooks in a string that is changed later, and set -eu, commands go on being told", async () => {
  await using box = home({ ".bashrc": "PROMPT_COMMAND='hooked=$((hooked + 1))'\nPS1='$ '\n" });
  await box.start("s", ["bash"]);
  await run(box, ["PROMPT_COMMAND='mine=1'; PS1='new> '; PS0=''"]);
  await typed(box, "echo $mine", 2);
  expect(await run(box, ["set -eu"])).toMatchObject({ code: 0 });
  expect(await run(box, ["echo still here"])).toMatchObject({ code: 0, stdout: "still here\n" });
  await typed(box, "true", 5);
  expect((await run(box, ["false"])).code).toBe(1);
  expect((await box.session("s")).state).toBe("exited");
});

needs("bash")(
  "bash with hooks of bash-preexec's kind, called once for each typed line and never for a prompt",
  async () => {
    await using box = home({
      ".bashrc": `
PS1='$ '
__bp_preexec_interactive_mode=''
invoked() {
  [[ -n $__bp_preexec_interactive_mode ]] || return
  __bp_preexec_interactive_mode=''
  case " \${PROMPT_COMMAND[*]} " in *" $BASH_COMMAND "*) return ;; esac
  echo "preexec<$BASH_COMMAND>"
}
interactive() { __bp_preexec_interactive_mode=on; }
PROMPT_COMMAND=(interactive)
trap invoked DEBUG
`,
    });
    await box.start("s", ["bash"]);
    await typed(box, "echo one", 1);
    const shown = await typed(box, "echo two", 2);
    expect(shown.match(/preexec<.*>/g)).toEqual(["preexec<echo one>", "preexec<echo two>"]);
  },
);

needs("bash")("bash as a login shell, its files in their order, and the shell as it would be without us", async () => {
  const files = {
    ".bash_profile": "order=profile; . ~/.bashrc\n",
    ".bashrc": 'order="$order rc"; PS1="$ "\n',
    ".profile": "order=wrong\n",
  };
  await using box = home(files);
  const facts = "echo $order; shopt; set -o; echo $HISTFILE $0 $-; declare -p POSIXLY_CORRECT ENV 2>&1";
  await box.start("s", ["bash", "-l"]);
  const ours = (await runText(box, facts)).output;
  await box.start("plain", ["bash", "-l"], ["--no-shell-integration"]);
  await box.type("plain", `(${facts}) > ~/facts 2>&1; echo written$((1 + 1))\r`);
  await box.printed("plain", "written2");
  expect(ours).toBe(await Bun.file(`${box.home}/facts`).text());
  expect(ours).toStartWith("profile rc\n");
});

needs("bash")("bash with --norc, with --rcfile and with --posix, each respected", async () => {
  await using box = home({ ".bashrc": "which=rc\n", other: "which=other\n", env: "which=env\n" });
  const cases: [string[], string][] = [
    [["bash"], "rc no"],
    [["bash", "--norc"], " no"],
    [["bash", "--rcfile", `${box.home}/other`], "other no"],
    [["bash", "--posix"], "env yes"],
  ];
  for (const [at, [argv, expected]] of cases.entries()) {
    await box.start(`s${at}`, argv, ["--env", `ENV=${box.home}/env`]);
    const script = 'if [[ -o posix ]]; then p=yes; else p=no; fi; echo "$which $p"';
    expect([argv, (await box.run(["run", `s${at}`, "--", script])).stdout]).toEqual([argv, `${expected}\n`]);
  }
});

needs("zsh")(
  "zsh with a directory of its own, hooks, a prompt made anew each time, its files in their order",
  async () => {
    await using box = home({
      ".zshenv": "order=env; export ZDOTDIR=$HOME/dots\n",
      "dots/.zprofile": 'order="$order profile"\n',
      "dots/.zlogin": 'order="$order login"\n',
      "dots/.zshrc": `
order="$order rc"
HISTFILE=\${ZDOTDIR:-$HOME}/.zsh_history
setopt prompt_subst ksh_arrays sh_word_split
autoload -Uz add-zsh-hook
mine() { seen=$?; PS1="[$seen]%% " }
add-zsh-hook precmd mine
told() { print "preexec<$1>" }
add-zsh-hook preexec told
`,
    });
    await box.start("s", ["zsh", "-l"]);
    expect((await run(box, ["echo $order; echo $ZDOTDIR $HISTFILE"])).stdout).toBe(
      `env profile rc login\n${box.home}/dots ${box.home}/dots/.zsh_history\n`,
    );
    expect((await run(box, ["(exit 7)"])).code).toBe(7);
    const shown = await typed(box, "echo typed", 3);
    expect(shown).toContain("[7]% ");
    expect(shown).toContain("preexec<echo typed>");
    expect(await box.ok(["commands", "s", "--output", "3"])).toBe("typed\n");
  },
);

needs("zsh")("zsh that had no ZDOTDIR, none afterwards, and a prompt that ends in percent signs", async () => {
  await using box = home({ ".zshrc": "PS1='mine%%%'\n" });
  await box.start("s", ["zsh"]);
  expect((await run(box, ["echo $+ZDOTDIR $+HISTFILE; env | grep -c -e ZDOTDIR -e __bide"])).stdout).toBe("0 0\n0\n");
  // The end of the prompt that was there, two percent signs, is as it was.
  expect(await box.ok(["logs", "s"])).toContain("mine%% eval");
});

needs("fish")("fish with a prompt, bindings and events of the user's, all of them still at work", async () => {
  await using box = home({
    ".config/fish/config.fish": `
function fish_prompt; echo "[$status] > "; end
function told --on-event fish_preexec; echo "preexec<$argv[1]>"; end
fish_vi_key_bindings
`,
  });
  await box.start("s", ["fish"]);
  expect((await run(box, ["sh -c 'exit 7'"])).code).toBe(7);
  const shown = await typed(box, "echo typed", 2);
  expect(shown).toContain("[7] > ");
  expect(shown).toContain("preexec<echo typed>");
});

for (const shell of SHELLS) {
  needs(shell)(`${shell} with marks of its own (as starship or VS Code make them), ours alone count`, async () => {
    const mark = "printf '\\033]133;D;99\\007\\033]133;A\\007\\033]133;B\\007'";
    const hook = {
      bash: `PS1='$ '; PROMPT_COMMAND="${mark.replaceAll("\\", "\\\\")}"`,
      zsh: `PS1='% '; precmd() { ${mark} }`,
      fish: `function other --on-event fish_prompt; ${mark}; end`,
    }[shell];
    await using box = home({ [RC_FILE[shell]]: `${hook}\n` });
    await box.start("s", [shell]);
    expect(await runText(box, "echo one")).toMatchObject({ exit_code: 0, output: "one\n" });
    expect((await run(box, ["sh -c 'exit 5'"])).code).toBe(5);
    expect((await box.json(["commands", "s"])).commands).toMatchObject([
      { seq: 1, exit_code: 0, source: "bide" },
      { seq: 2, exit_code: 5, source: "bide" },
    ]);
  });
}
