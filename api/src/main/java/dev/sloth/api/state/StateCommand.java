package dev.sloth.api.state;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One question about shared state, or one change of it.
public sealed interface StateCommand {
    /// A question: changes nothing.
    sealed interface Look extends StateCommand {}

    /// A change.
    sealed interface Act extends StateCommand {}

    /// A change that is done only while this token's lock is held.
    record Fenced(long token, Act act) implements Act {}

    // ---- values

    /// The value. Done when there is one.
    ///
    /// @param at the time whose value is asked for; empty for that of this moment
    record Get(String key, Optional<Instant> at) implements Look {}

    /// A table of the values that there are, by key.
    record GetMany(List<String> keys) implements Look {
        public GetMany {
            keys = List.copyOf(keys);
        }
    }

    /// Done when there is a value.
    record Exists(String key) implements Look {}

    /// Seconds until the value expires; -1 when it never does, -2 when there is none.
    record Ttl(String key) implements Look {}

    /// `nil boolean number string table list hash set`.
    record Type(String key) implements Look {}

    /// Bytes that the value takes; done when there is one.
    record Size(String key) implements Look {}

    /// A list of keys, sorted by their bytes.
    ///
    /// @param pattern with `*`, `?` and `[a-z]`
    /// @param after the key where the page before ended; empty for the first page
    /// @param limit of the page
    record Keys(String pattern, String after, int limit) implements Look {}

    /// A table: `total_keys total_size last_modified expired locks ...`.
    record Stats() implements Look {}

    /// Sets the value. Done unless it was there and should not be; the value is what was there.
    ///
    /// @param ttl after which it expires; empty for never
    /// @param onlyIfAbsent whether a value that is there stays
    record Put(String key, Value value, Optional<Duration> ttl, boolean onlyIfAbsent)
            implements Act {}

    /// Sets several values. The value is how many.
    record PutMany(Map<String, Value> values, Optional<Duration> ttl) implements Act {
        public PutMany {
            values = Map.copyOf(values);
        }
    }

    /// Sets it to `next` if it is `expected`, compared deeply; nil means that there is none. Done
    /// when it was set.
    record Swap(String key, Value expected, Value next) implements Act {}

    /// Done when there was one.
    record Delete(String key) implements Act {}

    /// Deletes several values, all or none. The value is how many there were.
    record DeleteMany(List<String> keys) implements Act {
        public DeleteMany {
            keys = List.copyOf(keys);
        }
    }

    /// Deletes all that match. The value is how many.
    record Clear(String pattern) implements Act {}

    /// When it expires from now on; empty for never. Done when there is a value, and for never when
    /// it would have expired.
    record Expire(String key, Optional<Duration> ttl) implements Act {}

    /// Adds to a number, or to 0 when there is none. The value is the sum.
    record Add(String key, double delta) implements Act {}

    /// Appends to a text, or to an empty one. The value is its length in bytes.
    record Append(String key, Text text) implements Act {}

    /// Gives a value another key, in place of what is there. Done when there was one.
    record Rename(String key, String next) implements Act {}

    /// Removes what has expired. The value is how much.
    record CleanUp() implements Act {}

    // ---- lists

    /// Where a list is longer or shorter.
    enum End {
        FRONT,
        BACK
    }

    /// Adds to a list, or to an empty one. The value is its length.
    record Push(String key, Value item, End end) implements Act {}

    /// Takes an item away; it is the value. Done when there was one.
    record Pop(String key, End end) implements Act {}

    /// The value is the length, 0 when there is none.
    record Length(String key) implements Look {}

    /// A list of the items from one index to another, both included. They count from 1, or from -1
    /// backwards from the end.
    record Range(String key, long from, long to) implements Look {}

    /// Removes all items that are equal to this one. The value is how many.
    record RemoveItem(String key, Value item) implements Act {}

    // ---- hashes

    /// Sets a field.
    record PutField(String key, String field, Value value) implements Act {}

    /// The field's value. Done when there is one.
    record GetField(String key, String field) implements Look {}

    /// Done when there was one.
    record DropField(String key, String field) implements Act {}

    /// A table of all fields, sorted by name.
    record Fields(String key) implements Look {}

    // ---- sets

    /// Done when it is new.
    record AddMember(String key, Value member) implements Act {}

    /// Done when it was there.
    record DropMember(String key, Value member) implements Act {}

    /// Done when it is there.
    record HasMember(String key, Value member) implements Look {}

    /// A sorted list of all members.
    record Members(String key) implements Look {}

    // ---- locks

    /// Takes a lock if it is free and nobody has waited for it longer. Done when it was taken; the
    /// value is its token, greater than all that were given before.
    ///
    /// @param holder who asks, as shown to others
    /// @param ttl how long it is held unless renewed
    record Lock(String name, String holder, Duration ttl) implements Act {}

    /// Gives a lock back. Done when the token was that of the lock.
    record Unlock(String name, long token) implements Act {}

    /// Takes a lock away from whoever holds it. Done when it was held.
    record Break(String name) implements Act {}

    /// Holds a lock for so long from now on. Done when the token was that of the lock.
    record Renew(String name, long token, Duration ttl) implements Act {}

    /// A table: `holder token expires_in waiters`, a list of who waits. Done when it is held.
    record LockStanding(String name) implements Look {}

    /// A list of the names of locks that are held and match.
    record Locks(String pattern) implements Look {}
}
