package dev.sloth.core.dispatch;

/// How an agent does not take an order.
public enum Declining {
    /// It never will.
    NEVER,
    /// It cannot take anything just now, and may take this one later.
    FOR_NOW,
    /// It ends, and takes nothing more until it has another session.
    LEAVING
}
