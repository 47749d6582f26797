package dev.sloth.lua.value;

/// Writes down who called whom.
final class Tracebacks {
    /// Extra calls allowed to an error handler after "stack overflow".
    static final int HANDLER_DEPTH = 200;

    /// Levels shown at the top and at the bottom; those between are left out.
    private static final int SHOWN_FIRST = 12;

    private static final int SHOWN_LAST = 10;

    private Tracebacks() {}

    /// `file:line: `
    static String place(Activation a) {
        return a.chunk() + ":" + a.line() + ": ";
    }

    /// The place of the innermost Lua function.
    static String nearest(Object[] stack, int depth) {
        for (int i = depth - 1; i >= 0; i--) {
            if (stack[i] instanceof Activation a) {
                return place(a);
            }
        }
        return "";
    }

    /// As [LuaState#entry] says.
    static Object entry(Object[] stack, int depth, int level) {
        int left = level;
        for (int i = depth - 1; i >= 0; i--) {
            if (left == 0) {
                return stack[i] instanceof Args call ? call.callee() : stack[i];
            }
            left--;
            if (stack[i] instanceof Activation a && a.tail()) {
                if (left == 0) {
                    return LuaNil.NIL;
                }
                left--;
            }
        }
        return LuaNil.NIL;
    }

    static String of(Object[] stack, int depth, int fromLevel) {
        var text = new StringBuilder("stack traceback:");
        int top = depth - 1 - fromLevel;
        int count = top + 1;
        for (int i = top; i >= 0; i--) {
            int nth = top - i;
            if (count > SHOWN_FIRST + SHOWN_LAST && nth == SHOWN_FIRST) {
                text.append("\n\t...");
                i = SHOWN_LAST - 1;
            }
            line(text, stack, i);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Object[] stack, int i) {
        text.append("\n\t");
        switch (stack[i]) {
            case Activation a -> {
                text.append(a.chunk()).append(':').append(a.line()).append(": in ");
                text.append(describe(stack, i, a));
                if (a.tail()) {
                    text.append("\n\t(tail call): ?");
                }
            }
            case Args call -> {
                text.append("[C]: in function '").append(call.callee().name()).append('\'');
            }
            default -> text.append('?');
        }
    }

    private static String describe(Object[] stack, int i, Activation a) {
        if (i > 0 && !a.tail() && stack[i - 1] instanceof Activation caller) {
            String called = caller.calleeName();
            if (!called.isEmpty()) {
                return "function '" + called + "'";
            }
        }
        String own = a.function().name();
        return own.startsWith("main chunk") || own.startsWith("function <")
                ? own
                : "function '" + own + "'";
    }
}
