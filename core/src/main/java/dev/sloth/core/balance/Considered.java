package dev.sloth.core.balance;

import java.util.List;

/// Agents that were looked at for an order, and that are out, or not, for the same reason.
///
/// @param count how many they are
/// @param why the reason, for people: it goes on behind their count
/// @param first some of them, by name
public record Considered(Obstacle obstacle, int count, String why, List<Named> first) {
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
        NONE("could take it", "could take it"),
        FULL("has no slot free", "have no slot free"),
        IDLE("takes nothing new", "take nothing new"),
        AWAY("is not connected", "are not connected"),
        UNFIT("does not match what is asked for", "do not match what is asked for");

        private final String ofOne;
        private final String ofSeveral;

        Obstacle(String ofOne, String ofSeveral) {
            this.ofOne = ofOne;
            this.ofSeveral = ofSeveral;
        }

        /// For people, of so many agents.
        String text(int count) {
            return count == 1 ? ofOne : ofSeveral;
        }
    }
}
