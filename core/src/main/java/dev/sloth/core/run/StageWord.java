package dev.sloth.core.run;

import java.util.Arrays;
import java.util.Locale;

/// Words that a stage's condition may be. A stage that was skipped is looked through: what counts
/// is the last one before it that was not.
enum StageWord {
    /// Every stage before has succeeded, or failed with `on_failure = "continue"`.
    PREVIOUS_STAGE_SUCCESS,
    /// The stage before has failed, whatever its `on_failure` says.
    PREVIOUS_STAGE_FAILURE,
    /// Also after an aborting stage.
    ALWAYS;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static boolean knows(String word) {
        return Arrays.stream(values()).anyMatch(known -> known.text().equals(word));
    }

    static StageWord of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
