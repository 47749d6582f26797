package dev.sloth.plugins.facts;

import dev.sloth.api.value.DataTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Facts from the files of a Unix system. A file that a system does not have tells nothing.
final class SystemFiles {
    private static final Path RELEASE = Path.of("/etc/os-release");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final Path USERS = Path.of("/etc/passwd");

    private static final Pattern MEMORY_LINE = Pattern.compile("(\\w+):\\s+(\\d+) kB");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final int KIB = 1024;
    private static final int EIGHT = 8;
    private static final int MOUNT_FIELDS = 4;
    private static final int USER_FIELDS = 7;

    private SystemFiles() {}

    private static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    }

    /// What the distribution calls itself, by the names of its release file.
    static Map<String, String> release() throws IOException {
        var fields = new HashMap<String, String>();
        for (var line : lines(RELEASE)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String unquoted(String text) {
        boolean quoted =
                text.length() > 1
                        && (text.startsWith("\"") || text.startsWith("'"))
                        && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /// Bytes of `free`, `cached`, `buffers`.
    static Map<String, Double> memory() throws IOException {
        var counts = new HashMap<String, Double>();
        for (var line : lines(MEMORY)) {
            var match = MEMORY_LINE.matcher(line);
            if (match.matches()) {
                var name = match.group(1).toLowerCase(Locale.ROOT);
                counts.put(
                        name.equals("memfree") ? "free" : name,
                        Double.parseDouble(match.group(2)) * KIB);
            }
        }
        return counts;
    }

    static List<DataTable> mounts() throws IOException {
        var mounts = new ArrayList<DataTable>();
        for (var line : lines(MOUNTS)) {
            var fields = line.split(" ", -1);
            if (fields.length >= MOUNT_FIELDS) {
                mounts.add(mount(plain(fields[0]), plain(fields[1]), fields[2], fields[3]));
            }
        }
        return mounts;
    }

    static DataTable mount(String device, String mountpoint, String type, String options) {
        return new DataTable()
                .with("device", device)
                .with("mountpoint", mountpoint)
                .with("fstype", type)
                .with("options", options);
    }

    /// Blanks in names are written as octal numbers there.
    private static String plain(String escaped) {
        return OCTAL.matcher(escaped)
                .replaceAll(m -> {
                    char c = (char) Integer.parseInt(m.group(1), EIGHT);
                    return c == '\\' ? "\\\\\\\\" : String.valueOf(c);
                });
    }

    static List<DataTable> users() throws IOException {
        if (!Files.exists(USERS)) {
            throw new IOException("needs " + USERS + ", which this system does not have");
        }
        var users = new ArrayList<DataTable>();
        for (var line : lines(USERS)) {
            var fields = line.split(":", -1);
            if (fields.length == USER_FIELDS && fields[2].matches("\\d+")) {
                users.add(user(fields));
            }
        }
        return users;
    }

    private static DataTable user(String[] fields) {
        return new DataTable()
                .with("username", fields[0])
                .with("uid", Double.parseDouble(fields[2]))
                .with("gid", Double.parseDouble(fields[3]))
                .with("home", fields[5])
                .with("shell", fields[6]);
    }
}
