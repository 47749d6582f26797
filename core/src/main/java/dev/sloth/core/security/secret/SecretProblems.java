package dev.sloth.core.security.secret;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;

/// What can be wrong with secrets; none of these ever holds a value.
public final class SecretProblems {
    /// There is no such secret.
    public static final String ABSENT = "SLOTH-4507";

    private SecretProblems() {}

    /// Any of them.
    public static Problems of(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }

    static Problems name(String name) {
        return of(
                "SLOTH-4501",
                "'" + name + "' cannot be the name of a secret",
                "a name has at most %d letters, digits and _ . / -, and begins with a letter or _"
                        .formatted(SecretName.LENGTH_MAX));
    }

    static Problems space(String space) {
        return of(
                "SLOTH-4501",
                "'" + space + "' cannot be a namespace of secrets",
                "it is a name without control characters, not longer than 512");
    }

    /// The store wants another way to its key than the one it was given.
    static Problems locked(String message, String remedy) {
        return of("SLOTH-4502", message, remedy);
    }

    static Problems wrongKey(boolean passphrase) {
        return passphrase
                ? of(
                        "SLOTH-4503",
                        "this is not the passphrase of these secrets",
                        "the one counts that was given when the first secret was set")
                : of(
                        "SLOTH-4503",
                        "this is not the key of these secrets",
                        "bring back the key file or variable that was there when the first secret was"
                                + " set");
    }

    static Problems damaged(String what) {
        return of(
                "SLOTH-4504",
                what + " was changed outside of sloth-runner, or is damaged",
                "bring secrets.db back from a backup, or set the secret again");
    }

    static Problems damagedGiven(String run) {
        return of(
                "SLOTH-4504",
                "what run %s was given was changed outside of sloth-runner, or is damaged"
                        .formatted(run),
                "bring secrets.db back from a backup, or end the run with `sloth-runner runs cancel "
                        + run
                        + "`");
    }

    /// Rows are missing, or are there that should not be.
    static Problems notWhole(String what) {
        return of(
                "SLOTH-4514",
                what
                        + " not what was kept last: something was taken away, added or put back"
                        + " outside of sloth-runner",
                "bring secrets.db back from a backup; if this is what you want to have,"
                        + " `sloth-runner secrets check --accept` takes it as it is");
    }

    /// All of it is of an earlier time.
    static Problems older(long changes, long seen) {
        return of(
                "SLOTH-4515",
                "secrets.db is an older copy: it has had %d changes, and was seen with %d"
                        .formatted(changes, seen),
                "bring the newest secrets.db back; if you have put this one there yourself,"
                        + " `sloth-runner secrets check --accept` takes it");
    }

    static Problems otherKey() {
        return of(
                "SLOTH-4502",
                "the master key of these secrets was changed just now",
                "try again, with the new one");
    }

    static Problems tooLarge(int size, int most) {
        return of(
                "SLOTH-4506",
                "the value has %d bytes, more than %d".formatted(size, most),
                "the setting secrets.max_value says how large one may be");
    }

    static Problems empty() {
        return of("SLOTH-4506", "the value is empty", "give it at least one byte");
    }

    static Problems tooMany(int most) {
        return of(
                "SLOTH-4506",
                "the namespace has %d secrets already".formatted(most),
                "`sloth-runner secrets remove` makes room");
    }

    static Problems absent(String message) {
        return of(ABSENT, message, "`sloth-runner secrets list` shows those that there are");
    }

    static Problems readable() {
        return of(
                "SLOTH-4508",
                "the store of secrets keeps values that can be read: the self-test found its own",
                "nothing was written but the test's value; tell the makers of sloth-runner");
    }
}
