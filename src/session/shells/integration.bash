# Shell integration for bash 4.4 and later, read after the user's own files. It marks in the output where prompts and
# commands begin and end (OSC 133, each mark with the session's nonce), and takes the command of `bide run` from a
# private file when bide types the key for it. The lines above this one, which set __bide_nonce and __bide_request,
# are made for each session. Rules: the user's prompt, hooks, traps, options, history and $? work as without it; every
# hook is safe under `set -e` and `set -u`.

if [[ $- == *i* ]] && shopt -q promptvars && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then
  __bide_ran='' __bide_code=0 __bide_cwd='' __bide_run='' __bide_nothing='' __bide_number='' __bide_next='\!'

  # Text as it may stand in an OSC: VS Code's escapes.
  __bide_escape() {
    local text=${1:0:4096} slash='\'
    text=${text//"$slash"/"$slash$slash"}
    text=${text//;/"${slash}x3b"}
    if [[ $text == *[[:cntrl:]]* ]]; then
      text=${text//$'\n'/"${slash}x0a"}
      text=${text//$'\t'/"${slash}x09"}
      text=${text//[[:cntrl:]]/ }
    fi
    __bide_escaped=$text
    return 0
  }

  # First of the prompt's hooks.
  __bide_precmd() {
    local code=$?
    __bide_end "$code"
    if [[ $__bide_cwd != "$PWD" ]]; then
      __bide_cwd=$PWD
      __bide_escape "$PWD"
      builtin printf '\e]633;P;Cwd=%s;%s\a' "$__bide_escaped" "$__bide_nonce"
    fi
    if [[ $- == *e* ]]; then return 0; fi
    return "$code"
  }

  __bide_end() {
    __bide_code=$1
    __bide_run=''
    if [[ -n $__bide_ran ]]; then
      __bide_ran=''
      builtin printf '\e]133;D;%s;bide=%s\a' "$1" "$__bide_nonce"
    fi
    return 0
  }

  # Last of the prompt's hooks: the others may have made a new prompt.
  __bide_prompt() {
    local code=$?
    __bide_end "$code"
    if [[ ${PROMPT_COMMAND[0]-} != __bide_precmd* ]]; then __bide_hook; fi
    if [[ ${PS0-} != *__bide_preexec* ]]; then PS0=${PS0-}$__bide_ps0; fi
    if [[ $PS1 != *"$__bide_b"* ]]; then PS1=$PS1$__bide_b; fi
    __bide_number=${__bide_next@P}
    builtin printf '\e]133;A;bide=%s\a' "$__bide_nonce"
    # bash-preexec takes a hook behind its own for the end of its prompt.
    if [[ -n ${__bp_preexec_interactive_mode+set} ]]; then __bp_preexec_interactive_mode=on; fi
    if [[ $- == *e* ]]; then return 0; fi
    return "$code"
  }

  __bide_hook() {
    local hook hooks=()
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
      for hook in "${PROMPT_COMMAND[@]}"; do
        if [[ -n $hook && $hook != __bide_precmd && $hook != __bide_prompt ]]; then hooks+=("$hook"); fi
      done
      PROMPT_COMMAND=(__bide_precmd "${hooks[@]}" __bide_prompt)
    else
      hook=${PROMPT_COMMAND-}
      hook=${hook#"__bide_precmd"$'\n'}
      hook=${hook%$'\n'"__bide_prompt"}
      PROMPT_COMMAND="__bide_precmd"$'\n'"$hook"$'\n'"__bide_prompt"
    fi
    return 0
  }

  # Runs in a subshell, after a line was accepted and before it is executed.
  __bide_preexec() {
    local line
    if [[ -z $__bide_run ]]; then
      line=$(HISTTIMEFORMAT='' builtin history 1)
      # The newest entry is this line only if its number is new: a line may be kept out of the history.
      if [[ $line =~ ^[[:space:]]*([0-9]+)[*[:space:]][[:space:]](.*)$ ]] &&
        ((BASH_REMATCH[1] > __bide_number || BASH_REMATCH[1] == 1)); then
        __bide_escape "${BASH_REMATCH[2]}"
        builtin printf '\e]633;E;%s;%s\a' "$__bide_escaped" "$__bide_nonce"
      fi
      builtin printf '\e]133;C;bide=%s\a' "$__bide_nonce"
    fi
    return 0
  }

  # Bound to the key that bide types: takes the command of `bide run`, unless a line has been begun.
  __bide_take() {
    local next='""'
    if [[ -n $READLINE_LINE ]]; then
      builtin printf '\e]633;P;Bide=busy;%s\a' "$__bide_nonce"
    elif [[ -s $__bide_request ]]; then
      {
        IFS= builtin read -r __bide_run
        IFS= builtin read -r __bide_shown
        IFS= builtin read -r -d '' __bide_text
      } <"$__bide_request" || :
      BIDE_RUN='__bide_begin; eval "$__bide_text"; __bide_finish "$?"'
      READLINE_LINE=' eval "$BIDE_RUN"'
      READLINE_POINT=${#READLINE_LINE}
      # Out of the history, whatever the user keeps there; __bide_begin puts it back.
      __bide_histcontrol=${HISTCONTROL-}
      HISTCONTROL=ignorespace
      next=accept-line
    fi
    for map in emacs vi-insert vi-command; do builtin bind -m "$map" "\"\e[7772~\": $next"; done
    return 0
  }

  __bide_begin() {
    HISTCONTROL=$__bide_histcontrol
    builtin printf '\e[2m+ %s\e[22m\r\n\e]133;C;bide=%s;run=%s\a' "$__bide_shown" "$__bide_nonce" "$__bide_run"
    if [[ $- == *e* ]]; then return 0; fi
    return "$__bide_code"
  }

  __bide_finish() {
    __bide_end "$1"
    unset BIDE_RUN __bide_text __bide_shown
    return "$1"
  }

  __bide_b='\[\e]133;B;bide='$__bide_nonce'\a\]'
  __bide_ps0='${__bide_nothing:$((__bide_ran=1,0)):0}$(__bide_preexec)'
  for __bide_map in emacs vi-insert vi-command; do
    builtin bind -m "$__bide_map" -x '"\e[7770~": __bide_take'
    builtin bind -m "$__bide_map" '"\e[7772~": ""'
    builtin bind -m "$__bide_map" '"\e[7771~": "\e[7770~\e[7772~"'
  done
  unset __bide_map
  __bide_hook
fi

# A session with the tmux shim: first on PATH again, whatever the user's files put before it.
if [[ -n ${BIDE_SHIM-} && $PATH != "$BIDE_SHIM":* ]]; then PATH=$BIDE_SHIM:$PATH; fi
