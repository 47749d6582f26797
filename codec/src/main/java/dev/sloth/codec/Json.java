package dev.sloth.codec;

import java.util.List;
import java.util.Map;

/// One value of a document, small enough to be held.
public sealed interface Json {
    record Nothing() implements Json {}

    record Bool(boolean value) implements Json {}

    /// @param digits as written
    record Num(String digits) implements Json {}

    record Text(String value) implements Json {}

    record Items(List<Json> all) implements Json {}

    record Fielded(Map<String, Json> all) implements Json {}

    /// What messages call it: never what it holds, which may be large or a secret.
    default String kind() {
        return switch (this) {
            case Nothing _ -> "nothing";
            case Bool _ -> "true or false";
            case Num _ -> "a number";
            case Text _ -> "a text";
            case Items _ -> "a list";
            case Fielded _ -> "fields";
        };
    }

    /// @throws DamagedDocument when it has none
    default Fields fields() {
        if (this instanceof Fielded(var all)) {
            return new Fields(all);
        }
        throw Damage.found("fields were expected, not " + kind());
    }

    default List<Json> items() {
        if (this instanceof Items(var all)) {
            return all;
        }
        throw Damage.found("a list was expected, not " + kind());
    }

    default String text() {
        if (this instanceof Text(var value)) {
            return value;
        }
        throw Damage.found("a text was expected, not " + kind());
    }

    default boolean flag() {
        if (this instanceof Bool(var value)) {
            return value;
        }
        throw Damage.found("true or false was expected, not " + kind());
    }

    default String digits() {
        if (this instanceof Num(var digits)) {
            return digits;
        }
        throw Damage.found("a number was expected, not " + kind());
    }
}
