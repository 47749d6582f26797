# $1 folder of the record, $2 boot, $3 cat, then the command. Ours are only names with sloth_, so
# that no variable of the command is touched.
sloth_started() { sloth_start=${20}; }
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
        shift 3
        (exec "$@" 2>&4 4>&-)
        printf '%s\n' "$?" >"$sloth_record/exit"
    } 4>&1 >&3 3>&- 2>/dev/null | {
        trap '' TERM INT HUP
        exec "$3" >>"$1/err" 3>&-
    }
} 3>&1 | {
    trap '' TERM INT HUP
    exec "$3" >>"$1/out"
}
