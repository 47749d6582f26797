package dev.sloth.plugins.goroutine;

import java.util.List;

/// What a goroutine of a random program does. Channels, mutexes and wait groups go by number.
sealed interface Op {
    /// A case of a select.
    record Case(boolean send, int channel, int value) {}

    record Send(int channel, int value) implements Op {}

    record Receive(int channel) implements Op {}

    record TrySend(int channel, int value) implements Op {}

    record TryReceive(int channel) implements Op {}

    record Close(int channel) implements Op {}

    record Length(int channel) implements Op {}

    /// @param millis how long at most; 0 for ever, -1 not at all, with a default instead
    record Select(List<Case> cases, int millis) implements Op {}

    record Lock(int mutex) implements Op {}

    record TryLock(int mutex) implements Op {}

    record Unlock(int mutex) implements Op {}

    record Add(int group, int count) implements Op {}

    record Await(int group, int millis) implements Op {}

    record Sleep(int millis) implements Op {}

    /// Starts another goroutine.
    record Spawn(List<Op> body) implements Op {}
}
