package dev.sloth.core.balance;

/// An agent that was looked at for an order.
///
/// @param load how many of its slots are in use, for people
public record Considered(String name, Obstacle obstacle, String load) {
    /// Why it does not get the order.
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
