package dev.sloth.lua;

/// What our messages say in other words than those of `lua5.1`, on purpose and everywhere.
final class Wording {
    private Wording() {}

    /// As we say it: the kind of value comes before the name of the variable, as in later versions,
    /// and not-a-number has no sign.
    static String of(String answer) {
        return answer.replaceAll(
                        "attempt to ([a-z ]+) (global|local|field|upvalue|method) ('[^']*')"
                                + " \\((a \\w+ value)\\)",
                        "attempt to $1 $4 ($2 $3)")
                .replace("-nan", "nan");
    }
}
