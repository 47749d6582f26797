package dev.sloth.core.security.secret;

import java.util.regex.Pattern;

/// What secrets and their namespaces may be called.
public final class SecretName {
    /// How long a name may be.
    public static final int LENGTH_MAX = 128;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

    /// As long as a namespace of shared state may be.
    private static final int SPACE_MAX = 512;

    private SecretName() {}

    /// Gives it back when it is one.
    static String checked(String name) {
        if (name.length() > LENGTH_MAX || !NAME.matcher(name).matches()) {
            throw SecretProblems.name(shown(name));
        }
        return name;
    }

    static String checkedSpace(String space) {
        if (space.isBlank()
                || space.length() > SPACE_MAX
                || space.chars().anyMatch(Character::isISOControl)) {
            throw SecretProblems.space(shown(space));
        }
        return space;
    }

    private static String shown(String text) {
        return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "..." : text;
    }
}
