package dev.sloth.core.balance;

import java.util.List;

/// Agents that were looked at for an order, and that are out, or not, for the same reason.
///
/// @param count how many they are
/// @param first some of them, by name
public record Considered(Obstacle obstacle, int count, List<Named> first) {
    public Considered {
        first = List.copyOf(first);
    }

    /// One of them.
    ///
    /// @param load how many of its slots are in use, for people
    public record Named(String name, String load) {}

    /// Why an agent does not get the order.
    public enum Obstacle {
        /// It might.
        NONE("could take it"),
        FULL("has no slot free"),
        IDLE("takes nothing new"),
        AWAY("is not connected"),
        UNFIT("is not as it is wanted");

        private final String text;

        Obstacle(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }
    }
}
