package dev.sloth.plugins.git;

import dev.sloth.api.plugin.CallFailure;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where a repository is cloned from.
record Address(String text) {
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@\\s]+@");
    private static final int LENGTH_MAX = 4_096;

    /// @throws CallFailure when git would take it for something else than an address
    Address {
        if (text.isBlank() || text.length() > LENGTH_MAX) {
            throw new CallFailure("url is no address of a repository");
        }
        if (text.startsWith("-") || text.chars().anyMatch(c -> c < ' ')) {
            throw new CallFailure("url must not begin with - nor hold control characters");
        }
        if (text.contains("::")) {
            throw new CallFailure("url must not name a program to fetch with (::)");
        }
    }

    /// A text without the user names and passwords of the addresses in it.
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("");
    }

    String shown() {
        return withoutCredentials(text);
    }

    /// Whether a clone from the other address is one from this; user names and the usual ends do
    /// not matter.
    boolean leadsTo(String other, Path folder) {
        return plain(text).equals(plain(other))
                || plain(folder.resolve(text).normalize().toString()).equals(plain(other));
    }

    private static String plain(String address) {
        return withoutCredentials(address).replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    }
}
