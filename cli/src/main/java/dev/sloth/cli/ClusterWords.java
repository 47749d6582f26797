package dev.sloth.cli;

import dev.sloth.cli.config.Amounts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What commands about masters and agents read from their options.
final class ClusterWords {
    static final int PORT_MAX = 65_535;

    private static final int NAME_MAX = 63;

    private ClusterWords() {}

    static int number(Given given, String option, int otherwise, int min, int max) {
        if (!given.has(option)) {
            return otherwise;
        }
        var text = given.text(option, "");
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw StateFamily.wrong(
                option + " cannot be '" + text + "'",
                "it is a number between %d and %d".formatted(min, max));
    }

    static Duration time(Given given, String option, Duration otherwise) {
        if (!given.has(option)) {
            return otherwise;
        }
        try {
            return Amounts.time(given.text(option, ""));
        } catch (IllegalArgumentException e) {
            throw StateFamily.wrong(
                    option + " cannot be '" + given.text(option, "") + "'",
                    String.valueOf(e.getMessage()));
        }
    }

    /// Words with commas between them; the option may also be given several times.
    static List<String> tags(Given given, String option) {
        return given.many(option).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            // Only people read it; an agent is told by its certificate.
            return "localhost";
        }
    }

    /// A host's name as one that agents may have.
    static String agentName(String host) {
        var word = host.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return word.isEmpty() ? "agent" : word.substring(0, Math.min(NAME_MAX, word.length()));
    }
}
