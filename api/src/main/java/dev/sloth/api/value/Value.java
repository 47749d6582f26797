package dev.sloth.api.value;

import java.util.List;

/// One value of a script.
public sealed interface Value {
    /// Lua's name of the type: `nil boolean number string table function userdata`.
    String type();

    /// Whether it counts as true: all but nil and false.
    default boolean truthy() {
        return true;
    }

    /// No value.
    enum Nil implements Value {
        NIL;

        @Override
        public String type() {
            return "nil";
        }

        @Override
        public boolean truthy() {
            return false;
        }
    }

    /// True or false.
    enum Bool implements Value {
        FALSE,
        TRUE;

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public String type() {
            return "boolean";
        }

        @Override
        public boolean truthy() {
            return this == TRUE;
        }
    }

    /// A number: always a double, as in Lua 5.1.
    record Num(double value) implements Value {
        @Override
        public String type() {
            return "number";
        }

        /// Whether it is a whole number that a `long` holds exactly.
        public boolean whole() {
            return value == Math.rint(value) && Math.abs(value) <= 0x1p53;
        }
    }

    /// Something of the host with a type name and methods, opaque to the script otherwise.
    record Handle(String typeName, Object target) implements Value {
        @Override
        public String type() {
            return "userdata";
        }
    }

    /// A function of the script, callable while the script lives.
    non-sealed interface Callable extends Value {
        /// Calls it on the calling thread.
        ///
        /// @throws ScriptFailure when the function raised an error
        List<Value> call(List<Value> arguments);

        @Override
        default String type() {
            return "function";
        }
    }

    /// A string of bytes; see [Text].
    sealed interface Textual extends Value permits Text {
        @Override
        default String type() {
            return "string";
        }
    }

    /// A table; either a live one of a script or a [DataTable].
    non-sealed interface Table extends Value {
        Value at(Value key);

        /// Sets a field; nil removes it.
        void put(Value key, Value value);

        /// The border `#t`: the count when the table is a list.
        int length();

        /// All entries, in the order in which the keys were first set.
        List<Entry> entries();

        default Value at(String key) {
            return at(Text.of(key));
        }

        default Value at(int index) {
            return at(new Num(index));
        }

        default void put(String key, Value value) {
            put(Text.of(key), value);
        }

        @Override
        default String type() {
            return "table";
        }
    }

    /// A key and its value.
    record Entry(Value key, Value value) {}
}
