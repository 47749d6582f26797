# Sourced by sloth-runner and verify: finds a JDK 25 and leaves its folder in JDK. Starts no process,
# so that it costs nothing on every call of sloth-runner.

JDK_WANTED=25

# Whether the folder $1 holds a JDK of the wanted version, told by its release file.
jdk_fits() {
    local line
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=\"$JDK_WANTED\" | JAVA_VERSION=\"$JDK_WANTED.*) return 0 ;;
        esac
    done <"$1/release"
    return 1
}

# SLOTH_JVM_FOLDERS replaces the list of folders that hold JDKs (separated by colons).
jdk_find() {
    local folder parent
    local parents=${SLOTH_JVM_FOLDERS-/usr/lib/jvm:/usr/java:/opt:/opt/java:${HOME:-/}/.sdkman/candidates/java:${HOME:-/}/.jdks}
    if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
        JDK=$JAVA_HOME
        return 0
    fi
    local IFS=:
    for parent in $parents; do
        for folder in "$parent"/*; do
            if jdk_fits "$folder"; then
                JDK=$folder
                return 0
            fi
        done
    done
    cat >&2 <<TEXT
sloth-runner needs a JDK $JDK_WANTED and found none.
Looked at JAVA_HOME (${JAVA_HOME:-not set}) and in $parents.
Install one (Debian: apt-get install temurin-25-jdk, or openjdk-25-jdk where offered), or set JAVA_HOME to it.
TEXT
    return 1
}
