package dev.sloth.core.balance;

/// Where an order goes.
public sealed interface Choice {
    /// In one sentence, for people.
    String why();

    record Chosen(String host, String why) implements Choice {}

    /// Nobody who fits can take it now; that may change.
    record Later(String why) implements Choice {}

    /// There is nobody who fits, connected or not.
    record Nobody(String why) implements Choice {}
}
