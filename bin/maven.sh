# Sourced after jdk.sh has found JDK: runs the installed Maven on it.

maven() {
    JAVA_HOME=$JDK \
    MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
        mvn --batch-mode --no-transfer-progress "$@"
}
