package dev.sloth.lua.vm;

import dev.sloth.lua.value.Multi;

/// What is done with values that are already there. Each gives the number half of what it gives;
/// the object half lies in [dev.sloth.lua.value.LuaState#out], as with calls.
public final class Operation {
    private Operation() {}

    /// With one value.
    public interface One {
        double of(Frame f, double a, Object ao);
    }

    /// With two.
    public interface Two {
        double of(Frame f, double a, Object ao, double b, Object bo);
    }

    /// With as many as there are.
    public interface Many {
        double of(Frame f, double[] d, Object[] o);
    }

    /// Asks something of two values.
    public interface Question {
        boolean of(Frame f, double a, Object ao, double b, Object bo);
    }

    /// A call of what is not a function of a script, or whose arguments are as many as there are.
    public interface Calling {
        double none(Frame f, double fd, Object fo);

        double one(Frame f, double fd, Object fo, double a, Object ao);

        double two(Frame f, double fd, Object fo, double a, Object ao, double b, Object bo);

        double three(
                Frame f,
                double fd,
                Object fo,
                double a,
                Object ao,
                double b,
                Object bo,
                double c,
                Object co);

        double many(Frame f, double fd, Object fo, double[] d, Object[] o, int n);

        /// Leaves a call for the end of the function that it is in; whether it did. If not, the
        /// call is done and its result in the frame.
        boolean last(Frame f, double fd, Object fo, double[] d, Object[] o, int n);
    }

    /// Makes numbers of the bounds of a loop.
    public interface Bounds {
        double first(Frame f, double d, Object o);

        double last(Frame f, double d, Object o);

        double step(Frame f, double d, Object o);
    }

    /// Asks an iterator for what comes next.
    public interface Iteration {
        /// Begins to go over these: notes them in the frame.
        ///
        /// @return which kind of [HotLoop] it is that does
        int begin(Frame f, Multi over);

        /// All that it gives, as a call does.
        double step(Frame f, double fd, Object fo, double sd, Object so, double c, Object co);
    }

    /// Assigns to a global variable.
    public interface PutGlobal {
        void put(Frame f, double v, Object vo);
    }

    /// Assigns to a field of a known name.
    public interface PutField {
        void put(Frame f, double d, Object o, double v, Object vo);
    }

    /// Assigns to a field.
    public interface PutItem {
        void put(Frame f, double d, Object o, double k, Object ko, double v, Object vo);
    }
}
