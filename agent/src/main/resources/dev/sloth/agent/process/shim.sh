# $1 folder of the record, $2 boot, $3 cat, $4 sleep, then the command. Ours are only names with
# sloth_, so that no variable of the command is touched.
sloth_started() { sloth_start=${20}; }
# A full disk is waited for, and the command with it. What was read by then and could not be
# written is lost, and the output says so. $1 cat, $2 sleep, $3 file.
sloth_keep() {
    until "$1" >>"$3"; do
        # Who was killed is no failed write.
        [ $? -eq 137 ] && continue
        until printf '\n[some output is missing here: it could not be written]\n' >>"$3"; do
            [ -e "$3" ] && "$2" 1 || exit
        done
    done
}
trap : TERM INT HUP
read -r sloth_stat </proc/self/stat || exit 125
sloth_started ${sloth_stat##*) }
# Who cannot create the record must not run: it was sealed, or the disk is full.
set -C
printf '%s %s %s\n' "$2" "$$" "$sloth_start" 2>/dev/null >"$1/start" || exit 125
set +C
# Outputs go through pipes of our own, since a plain file is emptied by `echo >/dev/stderr`.
{
    trap : TERM INT HUP
    {
        trap : TERM INT HUP
        sloth_record=$1
        sloth_sleep=$4
        shift 4
        (exec "$@" 2>&4 4>&-)
        sloth_code=$?
        until printf '%s\n' "$sloth_code" >"$sloth_record/exit"; do
            [ -e "$sloth_record/start" ] && "$sloth_sleep" 1 || exit
        done
    } 4>&1 >&3 3>&- 2>/dev/null | {
        trap '' TERM INT HUP
        sloth_keep "$3" "$4" "$1/err" 3>&-
    }
} 3>&1 | {
    trap '' TERM INT HUP
    sloth_keep "$3" "$4" "$1/out"
}
