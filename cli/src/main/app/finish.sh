#!/usr/bin/env bash
# The last step of the build: makes the AOT cache with a short run, then says that the app is ready.
# usage: finish.sh JAVA_HOME APP_FOLDER
# Without the cache everything works, only slower to start; so a failure to make it is told, not fatal.
set -u
java=$1/bin/java
app=$2
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
rm -f "$app/sloth.aot" "$app/ready"
cp "$here/jvm.options" "$app/jvm.options"
classpath=$(<"$app/classpath.template")
printf '%s' "${classpath//@lib@/$app/lib}:$app/lib/sloth-cli.jar" >"$app/classpath"
home=$(mktemp -d)
SLOTH_HOME=$home "$java" @"$app/jvm.options" -cp "$(<"$app/classpath")" -XX:AOTCacheOutput="$app/sloth.aot" \
    dev.sloth.cli.Main run "$here/warm_up.sloth" >"$app/aot.log" 2>&1 </dev/null \
    || echo "the run that makes the AOT cache failed, see $app/aot.log"
rm -rf "$home"
[ -f "$app/sloth.aot" ] || echo "no AOT cache was made, see $app/aot.log"
: >"$app/ready"
