package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaNil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Agreement with the answers that the reference implementation gave once.
class ReferenceTest {
    private static final int MATCHES_MAX = 20;

    private final Lab lab = new Lab();

    @Test
    void patterns_find_match_and_replace_as_the_reference_does() throws IOException {
        List<String> different = new ArrayList<>();
        List<String[]> rows = Golden.rows("patterns.tsv");
        for (String[] row : rows) {
            String subject = Golden.unhex(row[0]);
            String pattern = Golden.unhex(row[1]);
            String replacement = Golden.unhex(row[2]);
            double init = Double.parseDouble(row[3]);
            compare(different, row[4], subject, pattern, "string.find", subject, pattern, init);
            compare(different, row[5], subject, pattern, "string.match", subject, pattern, init);
            compare(
                    different,
                    row[6],
                    subject,
                    pattern,
                    "string.gsub",
                    subject,
                    pattern,
                    replacement);
            if (!Golden.unhex(row[7]).equals(allMatches(subject, pattern))) {
                different.add(
                        "gmatch %s %s: %s not %s"
                                .formatted(
                                        subject,
                                        pattern,
                                        allMatches(subject, pattern),
                                        Golden.unhex(row[7])));
            }
        }
        assertThat(rows).hasSizeGreaterThan(2_000);
        assertThat(different).isEmpty();
    }

    private void compare(
            List<String> different,
            String expected,
            String subject,
            String pattern,
            String path,
            Object... arguments) {
        String shown = Golden.shown(() -> lab.call(path, arguments));
        if (!shown.equals(Golden.unhex(expected))) {
            different.add(
                    "%s '%s' '%s': '%s' not '%s'"
                            .formatted(path, subject, pattern, shown, Golden.unhex(expected)));
        }
    }

    private String allMatches(String subject, String pattern) {
        List<String> all = new ArrayList<>();
        try {
            Object next = lab.one("string.gmatch", subject, pattern);
            for (int n = 0; n <= MATCHES_MAX; n++) {
                List<Object> values = lab.callValue(next);
                if (values.isEmpty()) {
                    break;
                }
                all.add(text(values, 0) + "," + text(values, 1));
            }
        } catch (LuaError e) {
            all.add("!" + e.getMessage());
        }
        return String.join("\1", all);
    }

    private static String text(List<Object> values, int i) {
        Object value = i < values.size() ? values.get(i) : LuaNil.NIL;
        return value instanceof Double d ? Golden.precise(d) : value.toString();
    }

    @Test
    void formats_write_numbers_as_the_reference_does() throws IOException {
        List<String> different = new ArrayList<>();
        List<String[]> rows = Golden.rows("formats.tsv");
        for (String[] row : rows) {
            double n = Golden.number(row[1]);
            String shown = Golden.shown(() -> lab.call("string.format", row[0], n));
            if (!shown.equals(Golden.unhex(row[2]))) {
                different.add(
                        row[0] + " " + row[1] + ": " + shown + " not " + Golden.unhex(row[2]));
            }
        }
        assertThat(rows).hasSizeGreaterThan(2_000);
        assertThat(different).isEmpty();
    }

    @Test
    void numbers_are_read_and_written_as_the_reference_does() throws IOException {
        List<String> different = new ArrayList<>();
        List<String[]> rows = Golden.rows("numbers.tsv");
        for (String[] row : rows) {
            String expected = Golden.unhex(row[2]);
            String shown =
                    switch (row[0]) {
                        case "tostring" -> (String) lab.one("tostring", Golden.number(row[1]));
                        case "tonumber" ->
                                Golden.shown(() -> lab.call("tonumber", Golden.unhex(row[1])));
                        default -> {
                            String[] parts = row[1].split(" ", 2);
                            yield Golden.shown(() ->
                                    lab.call(
                                            "tonumber",
                                            Golden.unhex(parts[1]),
                                            Double.parseDouble(parts[0])));
                        }
                    };
            if (!same(shown, expected)) {
                different.add(String.join(" ", row[0], row[1], shown, "not", expected));
            }
        }
        assertThat(rows).hasSizeGreaterThan(2_000);
        assertThat(different).isEmpty();
    }

    private static boolean same(String shown, String expected) {
        if (shown.equals(expected)) {
            return true;
        }
        String prefix = "number:";
        return shown.startsWith(prefix)
                && expected.startsWith(prefix)
                && Golden.number(shown.substring(prefix.length()).replace("Infinity", "inf"))
                        == Golden.number(expected.substring(prefix.length()));
    }
}
