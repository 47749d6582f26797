package dev.sloth.dsl.define;

import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Nearest;
import java.util.List;

/// Words that are conditions of their own; all other text is a line for a shell.
final class Conditions {
    static final List<String> WORDS =
            List.of(
                    "previous_stage_success",
                    "previous_stage_failure",
                    "always",
                    "never",
                    "canary_success");

    private Conditions() {}

    static Condition of(String text) {
        if (text.equals("never")) {
            return new Condition.Fixed(false);
        }
        if (WORDS.contains(text)) {
            return new Condition.Named(text);
        }
        boolean word = text.matches("[a-z]+(_[a-z]+)+");
        if (word && Nearest.to(text, WORDS).isPresent()) {
            throw Reading.cannot(
                    "has no condition \"" + text + "\"" + Nearest.hint(text, WORDS),
                    "Known are " + String.join(", ", WORDS) + "; other text is a shell command.");
        }
        return new Condition.Shell(text);
    }

    /// For a task nothing came before that `always` could overrule: it is plainly true.
    static Condition ofTask(Condition read) {
        return read.equals(new Condition.Named("always")) ? new Condition.Fixed(true) : read;
    }
}
