# Shell integration for fish 3.3 and later, read after the user's own files. It marks in the output where prompts and
# commands begin and end (OSC 133, each mark with the session's nonce), and takes the command of `bide run` from a
# private file when bide types the key for it. The lines above this one, which set __bide_nonce and __bide_request, are
# made for each session. Rule: the user's prompt, events, bindings, history and $status work as without it.

if status is-interactive
    set -g __bide_run ''
    set -g __bide_cwd ''

    # Text as it may stand in an OSC: VS Code's escapes.
    function __bide_escape
        string sub -l 4096 -- "$argv[1]" | string replace -a '\\' '\\\\' | string replace -a ';' '\\x3b' |
            string replace -a \t '\\x09' | string replace -ar '[[:cntrl:]]' ' ' | string join '\\x0a'
    end

    function __bide_prompt --on-event fish_prompt
        set -l code $status
        if test "$__bide_cwd" != "$PWD"
            set -g __bide_cwd $PWD
            printf '\e]633;P;Cwd=%s;%s\a' (__bide_escape $PWD) $__bide_nonce
        end
        printf '\e]133;A;bide=%s\a\e]133;B;bide=%s\a' $__bide_nonce $__bide_nonce
        return $code
    end

    function __bide_preexec --on-event fish_preexec
        set -l code $status
        if test -z "$__bide_run"
            set -l text (__bide_escape $argv[1] | string collect)
            printf '\e]633;E;%s;%s\a\e]133;C;bide=%s\a' $text $__bide_nonce $__bide_nonce
        end
        return $code
    end

    function __bide_postexec --on-event fish_postexec
        set -l code $status
        if test -n "$__bide_run"
            # A line that begins with a blank can be called back once; this one not even that.
            builtin history delete --exact --case-sensitive -- ' eval $BIDE_RUN' 2>/dev/null
            if test "$__bide_run" != ended
                printf '\e]133;D;%s;bide=%s\a' $code $__bide_nonce
            end
            set -g __bide_run ''
        else
            printf '\e]133;D;%s;bide=%s\a' $code $__bide_nonce
        end
        return $code
    end

    # Bound to the key that bide types: takes the command of `bide run`, unless a line has been begun.
    function __bide_take
        if test -n "$(commandline)"
            printf '\e]633;P;Bide=busy;%s\a' $__bide_nonce
        else if test -s $__bide_request
            begin
                read -g __bide_run
                read -g __bide_shown
                read -gz __bide_text
            end <$__bide_request
            set -g BIDE_RUN '__bide_begin; eval $__bide_text; __bide_finish $status'
            commandline -r -- ' eval $BIDE_RUN'
            commandline -f execute
        end
    end

    function __bide_begin
        set -l code $status
        printf '\e[2m+ %s\e[22m\r\n\e]133;C;bide=%s;run=%s\a' $__bide_shown $__bide_nonce $__bide_run
        return $code
    end

    function __bide_finish
        printf '\e]133;D;%s;bide=%s\a' $argv[1] $__bide_nonce
        set -g __bide_run ended
        set -e BIDE_RUN __bide_text __bide_shown
        return $argv[1]
    end

    for __bide_map in default insert visual
        bind -M $__bide_map \e\[7771~ __bide_take
    end
    set -e __bide_map
end

# A session with the tmux shim: first on PATH again, whatever the user's files put before it.
if set -q BIDE_SHIM; and test "$PATH[1]" != "$BIDE_SHIM"
    set -gx PATH $BIDE_SHIM (string match -v -- $BIDE_SHIM $PATH)
end
