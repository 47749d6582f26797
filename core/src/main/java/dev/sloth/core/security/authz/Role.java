package dev.sloth.core.security.authz;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody is to a master, the most powerful first.
public enum Role {
    ADMIN,
    OPERATOR,
    VIEWER;

    /// What stores hold of admins that were made before they were called so.
    private static final String FORMER = "administrator";

    /// As people write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return word.equals(FORMER)
                ? Optional.of(ADMIN)
                : Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
