// How the integration gets into a shell that bide starts, without touching the user's files: another rc file that
// reads the user's first, arguments or variables that lead to it, and files of our own in the session's directory.
// session.ts calls prepareShell before it starts the program. Rules: the user's startup files are read as without us,
// in their order; a shell that reads no commands from the terminal, or was told to read no files of ours, is left alone.

import { basename, join } from "node:path";
import { ensurePrivateDirectory } from "../../base/private-directory.ts";
import { ok, type Result } from "../../base/result.ts";
import { replaceFile } from "../../store/atomic-file.ts";
import { readBashArguments } from "./bash-arguments.ts";
import { BASH_INTEGRATION, FISH_INTEGRATION, ZSH_INTEGRATION } from "./integration-files.ts";

export type ShellKind = "bash" | "zsh" | "fish";

export interface PreparedShell {
  readonly kind: ShellKind;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** In every mark of the integration, and nowhere else. */
  readonly nonce: string;
  /** Where the integration takes the command of a run from. */
  readonly requestFile: string;
}

export interface ShellSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The directory that is ours to fill, inside the session's. */
  readonly directory: string;
}

/** What the shell is started with, file by file. */
interface Plan {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Undefined for a program that is no interactive bash, zsh or fish. Failures: those of the files. */
export function prepareShell(spec: ShellSpec): Result<PreparedShell | undefined> {
  const kind = kindOf(spec.argv[0] ?? "");
  if (kind === undefined) return ok(undefined);
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const requestFile = join(spec.directory, "command");
  const plan = PLANS[kind](spec, settings(kind, { nonce, request: requestFile }));
  if (plan === undefined) return ok(undefined);
  const directory = ensurePrivateDirectory(spec.directory);
  if (!directory.ok) return directory;
  for (const [name, text] of Object.entries(plan.files)) {
    const written = replaceFile(join(spec.directory, name), Buffer.from(text), { durable: false });
    if (!written.ok) return written;
  }
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...spec.env, ...plan.env })) if (value !== undefined) env[name] = value;
  return ok({ kind, argv: plan.argv, env, nonce, requestFile });
}

export function kindOf(program: string): ShellKind | undefined {
  const name = basename(program);
  return name === "bash" || name === "zsh" || name === "fish" ? name : undefined;
}

/** One word for bash, zsh and (unlike theirs, a backslash in it escapes) fish. */
export function quoted(text: string, kind: ShellKind): string {
  return `'${(kind === "fish" ? text.replaceAll("\\", "\\\\") : text).replaceAll("'", "'\\''")}'`;
}

const PLANS: Readonly<Record<ShellKind, (spec: ShellSpec, settings: string) => Plan | undefined>> = {
  bash: planBash,
  zsh: planZsh,
  fish: planFish,
};

function settings(kind: ShellKind, values: Readonly<Record<string, string>>): string {
  const line = ([name, value]: [string, string]) =>
    kind === "fish" ? `set -g __bide_${name} ${quoted(value, kind)}` : `__bide_${name}=${quoted(value, kind)}`;
  return `${Object.entries(values).map(line).join("\n")}\n`;
}

/**
 * A plain interactive bash reads the file of --rcfile in the place of ~/.bashrc. A login shell does not, and --norc
 * forbids more than that file; but in POSIX mode every interactive bash reads $ENV and nothing else, so there the
 * first lines leave that mode and read what would have been read (bash's manual, "Bash Startup Files").
 */
function planBash({ argv, env, directory }: ShellSpec, head: string): Plan | undefined {
  const read = readBashArguments(argv.slice(1));
  if (read === undefined) return undefined;
  const { login, posix, norc, noprofile, rcfile } = read;
  const file = join(directory, "integration.bash");
  const source = (path: string) => `if [ -r ${path} ]; then . ${path}; fi\n`;
  const word = (text: string) => quoted(text, "bash");
  const program = argv[0] ?? "bash";
  if (!login && !posix && !norc) {
    const text = source(rcfile === undefined ? "~/.bashrc" : word(rcfile)) + head + BASH_INTEGRATION;
    return { argv: [program, "--rcfile", file, ...read.others], env: {}, files: { "integration.bash": text } };
  }
  const lines = [env.ENV === undefined ? "unset ENV" : `ENV=${word(env.ENV)}`];
  if (posix) lines.push(env.ENV === undefined ? "" : source('"$ENV"'));
  else {
    lines.push("set +o posix", "shopt -u inherit_errexit 2>/dev/null");
    if (env.HISTFILE === undefined)
      lines.push(`if [[ $HISTFILE == ~/.sh_history ]]; then HISTFILE=~/.bash_history; fi`);
    if (env.POSIXLY_CORRECT === undefined) lines.push("unset POSIXLY_CORRECT");
    if (login && !noprofile) lines.push(LOGIN_FILES);
  }
  const text = `${lines.join("\n")}\n${head}${BASH_INTEGRATION}`;
  const words = [
    program,
    "--posix",
    ...(norc ? ["--norc"] : []),
    ...(noprofile ? ["--noprofile"] : []),
    ...read.others,
  ];
  return { argv: words, env: { ENV: file }, files: { "integration.bash": text } };
}

const LOGIN_FILES = `if [ -r /etc/profile ]; then . /etc/profile; fi
if [ -r ~/.bash_profile ]; then . ~/.bash_profile
elif [ -r ~/.bash_login ]; then . ~/.bash_login
elif [ -r ~/.profile ]; then . ~/.profile
fi`;

/** zsh looks for its files in $ZDOTDIR: ours reads the user's file each time with the user's value in place. */
function planZsh({ argv, env, directory }: ShellSpec, head: string): Plan | undefined {
  const words = argv.slice(1);
  if (!words.every((word) => word === "--login" || word === "--interactive" || /^-[il]+$/.test(word))) return undefined;
  const back = env.ZDOTDIR === undefined ? "unset ZDOTDIR" : `export ZDOTDIR=${quoted(env.ZDOTDIR, "zsh")}`;
  const user = (name: string) => `if [[ -r \${ZDOTDIR:-$HOME}/${name} ]]; then . \${ZDOTDIR:-$HOME}/${name}; fi\n`;
  const ours = quoted(directory, "zsh");
  // The user's files may set it: what it is after one of them is what holds for the next.
  const away = `if [[ -n \${ZDOTDIR+set} ]]; then __bide_zdotdir=$ZDOTDIR; else unset __bide_zdotdir; fi\nexport ZDOTDIR=${ours}\n`;
  const restore = `if [[ -n \${__bide_zdotdir+set} ]]; then ZDOTDIR=$__bide_zdotdir; else unset ZDOTDIR; fi\n`;
  const history = `if [[ \${HISTFILE-} == ${ours}/* ]]; then HISTFILE=\${\${__bide_zdotdir-$HOME}:-$HOME}/\${HISTFILE:t}; fi\n`;
  return {
    argv,
    env: { ZDOTDIR: directory },
    files: {
      ".zshenv": `${back}\n${user(".zshenv")}if [[ -o rcs ]]; then\n${away}fi\n`,
      ".zprofile": restore + user(".zprofile") + away,
      ".zshrc": `${history}${restore}unset __bide_zdotdir\n${user(".zshrc")}${head}${ZSH_INTEGRATION}`,
    },
  };
}

/** fish runs the commands of -C after its own files. */
function planFish({ argv, directory }: ShellSpec, head: string): Plan | undefined {
  const words = argv.slice(1);
  if (!words.every((word) => word === "--login" || word === "--interactive" || /^-[il]+$/.test(word))) return undefined;
  const file = join(directory, "integration.fish");
  return {
    argv: [argv[0] ?? "fish", ...words, "-C", `source ${quoted(file, "fish")}`],
    env: {},
    files: { "integration.fish": head + FISH_INTEGRATION },
  };
}
