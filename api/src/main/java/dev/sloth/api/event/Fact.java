package dev.sloth.api.event;

import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.value.Value;
import java.util.regex.Pattern;

/// A fact that somebody tells of.
///
/// @param type words of letters, digits, `_` and `-`, joined by dots
/// @param subject what it is about; the type when there is nothing better
public record Fact(String type, String subject, Value data) {
    /// How long a type may be, in characters.
    public static final int TYPE_MAX = 128;

    /// How long a subject may be, in characters.
    public static final int SUBJECT_MAX = 512;

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    /// @throws EventRefusal when the type or the subject is none
    public Fact {
        if (type.length() > TYPE_MAX || !TYPE.matcher(type).matches()) {
            throw new EventRefusal(
                    Reason.WRONG,
                    "'%s' is no type of event: write words of letters, digits, _ and -, joined by dots, such as deploy.finished, of at most %d characters"
                            .formatted(shortened(type), TYPE_MAX));
        }
        if (subject.isEmpty() || subject.length() > SUBJECT_MAX || control(subject)) {
            throw new EventRefusal(
                    Reason.WRONG,
                    "'%s' is no subject of an event: it has 1 to %d characters and no control characters"
                            .formatted(shortened(subject), SUBJECT_MAX));
        }
    }

    private static boolean control(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String shortened(String text) {
        var shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > TYPE_MAX ? shown.substring(0, TYPE_MAX) + "..." : shown;
    }
}
