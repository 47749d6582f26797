package dev.sloth.plugins.strings;

import dev.sloth.api.plugin.Function;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// What kind of thing a text says.
final class Kinds {
    private static final int EMAIL_LENGTH_MAX = 254;

    /// Possessive, so that no text makes it slow.
    private static final Pattern EMAIL =
            Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]++@[\\w-]++(?:\\.[\\w-]++)++");

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][-+]?\\d++)?");

    private Kinds() {}

    static Function[] functions() {
        return new Function[] {
            StringsModule.kind(
                    "is_email",
                    "Says whether a text looks like an e-mail address.",
                    s -> s.length() <= EMAIL_LENGTH_MAX && EMAIL.matcher(s).matches()),
            StringsModule.kind(
                    "is_url", "Says whether a text is a URL with scheme and host.", Kinds::url),
            StringsModule.kind(
                    "is_numeric",
                    "Says whether a text is a decimal number.",
                    s -> NUMBER.matcher(s).matches()),
            StringsModule.kind(
                    "is_alpha",
                    "Says whether a text is letters only, and not empty.",
                    s -> all(s, Character::isLetter)),
            StringsModule.kind(
                    "is_alphanumeric",
                    "Says whether a text is letters and digits only, and not empty.",
                    s -> all(s, Character::isLetterOrDigit)),
        };
    }

    private static boolean all(String text, IntPredicate kind) {
        return !text.isEmpty() && text.codePoints().allMatch(kind);
    }

    private static boolean url(String text) {
        try {
            var uri = new URI(text);
            return uri.getScheme() != null && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
