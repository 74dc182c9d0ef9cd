# Shell integration for zsh 5 and later, read after the user's .zshrc. It marks in the output where prompts and commands
# begin and end (OSC 133, each mark with the session's nonce), and takes the command of `bide run` from a private file
# when bide types the key for it. The lines above this one, which set __bide_nonce and __bide_request, are made for each
# session. Rule: the user's prompt, hooks, options, history and $? work as without it.

if [[ -o interactive && -o zle ]]; then
  typeset -g __bide_ran='' __bide_code=0 __bide_cwd='' __bide_run='' __bide_history=''
  typeset -g __bide_b=$'%{\e]133;B;bide='$__bide_nonce$'\a%}'

  # Text as it may stand in an OSC: VS Code's escapes.
  __bide_escape() {
    builtin emulate -L zsh
    local text=${1[1,4096]}
    text=${text//\\/\\\\}
    text=${text//;/\\x3b}
    text=${text//$'\n'/\\x0a}
    text=${text//$'\t'/\\x09}
    typeset -g __bide_escaped=${text//[[:cntrl:]]/ }
  }

  # First of the prompt's hooks.
  __bide_precmd() {
    local -i code=$?
    builtin emulate -L zsh
    __bide_end $code
    if [[ $__bide_cwd != $PWD ]]; then
      typeset -g __bide_cwd=$PWD
      __bide_escape $PWD
      builtin printf '\e]633;P;Cwd=%s;%s\a' $__bide_escaped $__bide_nonce
    fi
  }

  __bide_end() {
    builtin emulate -L zsh
    typeset -g __bide_code=$1 __bide_run=''
    __bide_history_back
    if [[ -n $__bide_ran ]]; then
      typeset -g __bide_ran=''
      builtin printf '\e]133;D;%s;bide=%s\a' $1 $__bide_nonce
    fi
  }

  # Last of the prompt's hooks: the others may have made a new prompt.
  __bide_prompt() {
    builtin emulate -L zsh
    precmd_functions=(__bide_precmd ${precmd_functions:#__bide_(precmd|prompt)} __bide_prompt)
    preexec_functions=(${preexec_functions:#__bide_preexec} __bide_preexec)
    if [[ $PS1 != *$__bide_b* ]]; then
      # A lone % at the end stands for itself, and must not swallow what follows.
      if [[ ${PS1//\%\%/} == *% ]]; then PS1=$PS1%; fi
      PS1=$PS1$__bide_b
    fi
    builtin printf '\e]133;A;bide=%s\a' $__bide_nonce
  }

  __bide_preexec() {
    builtin emulate -L zsh
    typeset -g __bide_ran=1
    if [[ -z $__bide_run ]]; then
      __bide_escape ${1:-$3}
      builtin printf '\e]633;E;%s;%s\a\e]133;C;bide=%s\a' $__bide_escaped $__bide_nonce $__bide_nonce
    fi
  }

  # Bound to the key that bide types: takes the command of `bide run`, unless a line has been begun.
  __bide_take() {
    builtin emulate -L zsh
    if [[ -n $BUFFER || -n $PREBUFFER || $CONTEXT != start ]]; then
      builtin printf '\e]633;P;Bide=busy;%s\a' $__bide_nonce
    elif [[ -s $__bide_request ]]; then
      {
        IFS= builtin read -r __bide_run
        IFS= builtin read -r __bide_shown
        IFS= builtin read -r -d '' __bide_text
      } <$__bide_request
      typeset -g BIDE_RUN='__bide_begin; eval "$__bide_text"; __bide_finish "$?"'
      # The line goes into a history of its own, which __bide_begin throws away.
      builtin fc -p
      typeset -g __bide_history=pushed
      BUFFER=' eval "$BIDE_RUN"'
      builtin zle accept-line
    fi
  }

  __bide_history_back() {
    if [[ -n $__bide_history ]]; then
      typeset -g __bide_history=''
      builtin fc -P
    fi
  }

  __bide_begin() {
    builtin emulate -L zsh
    __bide_history_back
    builtin printf '\e[2m+ %s\e[22m\r\n\e]133;C;bide=%s;run=%s\a' $__bide_shown $__bide_nonce $__bide_run
    return $__bide_code
  }

  __bide_finish() {
    builtin emulate -L zsh
    __bide_end $1
    unset BIDE_RUN __bide_text __bide_shown
    return $1
  }

  typeset -ga precmd_functions preexec_functions
  precmd_functions=(__bide_precmd $precmd_functions __bide_prompt)
  preexec_functions+=(__bide_preexec)
  builtin zle -N __bide_take
  for __bide_map in emacs viins vicmd; do
    builtin bindkey -M $__bide_map '\e[7771~' __bide_take
  done
  unset __bide_map
fi

# A session with the tmux shim: first on PATH again, whatever the user's files put before it. At the first prompt, because
# .zlogin comes after this file.
if [[ -n ${BIDE_SHIM-} ]]; then
  __bide_shim() {
    precmd_functions=(${precmd_functions:#__bide_shim})
    path=($BIDE_SHIM ${path:#$BIDE_SHIM})
    unfunction __bide_shim
  }
  precmd_functions+=(__bide_shim)
fi
