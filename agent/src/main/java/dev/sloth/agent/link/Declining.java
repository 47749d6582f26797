package dev.sloth.agent.link;

/// How an order is not taken.
public enum Declining {
    /// It never will be.
    NEVER,
    /// Nothing can be taken just now; this one may be later.
    FOR_NOW,
    /// This agent ends; its next process may take it.
    LEAVING
}
