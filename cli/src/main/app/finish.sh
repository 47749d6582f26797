#!/usr/bin/env bash
# The last step of the build: makes the AOT caches with short runs, then says that the app is ready.
# usage: finish.sh JAVA_HOME APP_FOLDER
# Without the cache everything works, only slower to start; so a failure to make it is told, not fatal.
set -u
java=$1/bin/java
app=$2
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
rm -f "$app"/*.aot "$app/ready"
cp "$here/jvm.options" "$here/agent.options" "$here/master.options" "$app"
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
[ -f "$app/sloth.aot" ] || echo "no AOT cache was made, see $app/aot.log"

# A master and an agent are other programs than a run: other options, other classes. An agent idles most of its life; a
# master that starts is met by all of its agents at once. Their caches are made by a master that an agent joins and does
# a run of, and to which many come and go. The master is trained without the best
# compiler, and so does not give that code to it: when all agents come back at once, that costs more than it gains.
sloth() { # in a shell of its own, which becomes the program
    SLOTH_HOME=$home exec "$java" @"$app/jvm.options" "${cache[@]}" -cp "$(<"$app/classpath")" dev.sloth.cli.Main "$@" </dev/null
}
said() { # what, process, log: waits until a process has said something
    local look
    for ((look = 0; look < 600; look++)); do
        grep -q "$1" "$3" && return 0
        kill -0 "$2" || return 1
        sleep 0.1
    done
    return 1
}
visitors=20
visits=40
train() {
    local master agent done=1 port
    cache=(@"$app/master.options" -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput="$app/master.aot")
    sloth master --port 0 -o json >"$home/master.log" &
    master=$!
    if said '"event":"started"' "$master" "$home/master.log"; then
        port=$(sed -n 's/.*"event":"started".*"port":\([0-9]*\).*/\1/p' "$home/master.log")
        cache=(-XX:AOTCache="$app/sloth.aot")
        (sloth agent token create --master "localhost:$port" --uses $((visitors + 2))) >"$home/token"
        cache=(@"$app/agent.options" -XX:AOTCacheOutput="$app/agent.aot")
        sloth agent start --master "localhost:$port" --token-file "$home/token" -o json >"$home/agent.log" &
        agent=$!
        if said '"event":"connected"' "$agent" "$home/agent.log"; then
            sleep 1 # a heartbeat or two
            done=0
        fi
        kill "$agent"
        wait "$agent"
        cache=(-XX:AOTCache="$app/sloth.aot")
        sloth agent start --master "localhost:$port" --token-file "$home/token" --name second --data "$home/second" -o json >"$home/second.log" &
        agent=$!
        if said '"event":"connected"' "$agent" "$home/second.log"; then
            (sloth run "$here/warm_up.sloth" --master "localhost:$port") || done=1
        fi
        kill "$agent"
        wait "$agent"
        "$java" @"$app/jvm.options" -cp "$(<"$app/classpath")" "$here/Rehearsal.java" "$port" "$home/token" $visitors $visits || done=1
    fi
    kill "$master"
    wait "$master"
    return $done
}
train >>"$app/aot.log" 2>&1 || echo "the master or the agent that make the AOT caches failed, see $app/aot.log"
rm -rf "$home"
[ -f "$app/agent.aot" ] || echo "no AOT cache for agents was made, see $app/aot.log"
[ -f "$app/master.aot" ] || echo "no AOT cache for masters was made, see $app/aot.log"
: >"$app/ready"
