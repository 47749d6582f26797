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

# Libraries of native code are taken out of their jars now: otherwise each start would do it.
native() { # property, jar, entry, what of its place the property wants
    local to=$app/native/${3##*/}
    mkdir -p "$app/native/unpacked" || return 1
    (cd "$app/native/unpacked" && "$java_home/bin/jar" xf "$2" "$3" && mv "$3" "$to") || return 1
    rm -rf "$app/native/unpacked"
    case $4 in
        file) printf '"-D%s=%s"\n' "$1" "$to" ;;
        folder) printf '"-D%s=%s"\n' "$1" "${to%/*}" ;;
    esac >>"$app/jvm.options"
}
java_home=$1
sqlite=("$app"/lib/sqlite-jdbc-*.jar)
zstd=("$app"/lib/zstd-jni-*.jar)
zstd_version=${zstd[0]##*/zstd-jni-}
case $(uname -sm) in
    'Linux x86_64') machine=(x86_64 amd64) ;;
    'Linux aarch64') machine=(aarch64 aarch64) ;;
    *) machine=() ;;
esac
rm -rf "$app/native"
if [ ${#machine[@]} -gt 0 ]; then
    native org.sqlite.lib.path "${sqlite[0]}" "org/sqlite/native/Linux/${machine[0]}/libsqlitejdbc.so" folder \
        && native ZstdNativePath "${zstd[0]}" "linux/${machine[1]}/libzstd-jni-${zstd_version%.jar}.so" file \
        || echo "the native libraries could not be unpacked; each start will do it"
fi

home=$(mktemp -d)
SLOTH_HOME=$home "$java" @"$app/jvm.options" -cp "$(<"$app/classpath")" -XX:AOTCacheOutput="$app/sloth.aot" \
    dev.sloth.cli.Main run "$here/warm_up.sloth" >"$app/aot.log" 2>&1 </dev/null \
    || echo "the run that makes the AOT cache failed, see $app/aot.log"
rm -rf "$home"
[ -f "$app/sloth.aot" ] || echo "no AOT cache was made, see $app/aot.log"
: >"$app/ready"
