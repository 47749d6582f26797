package dev.sloth.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Users of this machine, and what it takes to run as one of them.
final class Accounts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final int LOOKUP_SECONDS = 10;
    private static final int ROOT = 0;
    // name:password:uid:gid:comment:home:shell
    private static final int UID = 2;
    private static final int GID = 3;
    private static final int HOME = 5;

    private final Account ours;

    Accounts(ProcessConfig config) {
        var home = config.inherited().getOrDefault("HOME", System.getProperty("user.home"));
        this.ours = new Account(System.getProperty("user.name"), home, List.of());
    }

    /// A user, and the words before a command line that make it run as this user.
    record Account(String name, String home, List<String> prefix) {}

    Account find(String user) throws IOException, InterruptedException {
        if (user.isEmpty() || user.equals(ours.name())) {
            return ours;
        }
        if (!NAME.matcher(user).matches()) {
            throw new IOException("'" + user + "' cannot be the name of a user");
        }
        if (!isRoot()) {
            throw new IOException(
                    "cannot run as user %s: only root may, and we are %s"
                            .formatted(user, ours.name()));
        }
        var field = entry(user).split(":", -1);
        if (field.length <= HOME) {
            throw new IOException("cannot run as user " + user + ": there is no such user");
        }
        return new Account(
                field[0],
                field[HOME],
                List.of(
                        Tool.find("setpriv").toString(),
                        "--reuid=" + field[UID],
                        "--regid=" + field[GID],
                        "--init-groups",
                        "--"));
    }

    static boolean isRoot() throws IOException {
        return Integer.valueOf(ROOT).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /// By `getent`, which also asks directories such as LDAP; empty when unknown.
    private static String entry(String user) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(Tool.find("getent").toString(), "passwd", user)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out = process.getInputStream()) {
            if (!process.waitFor(LOOKUP_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("looking up user " + user + " took too long");
            }
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
