package dev.sloth.lua.value;

/// When what is hot becomes a class of the JVM's own instead of a tree.
///
/// @param calls of a function until then; 0 for never
/// @param turns of a loop until then; 0 for never
public record Tiering(int calls, int turns) {
    /// The system property that sets how many calls and turns it takes: `off`, or one number for
    /// both.
    public static final String PROPERTY = "sloth.lua.hot";

    public static final int CALLS_DEFAULT = 200;
    public static final int TURNS_DEFAULT = 2_000;

    /// Never.
    public static final Tiering OFF = new Tiering(0, 0);

    /// As the system property says, or by the defaults.
    public static final Tiering DEFAULT = of(System.getProperty(PROPERTY, ""));

    public Tiering {
        if (calls < 0 || turns < 0) {
            throw new IllegalArgumentException("calls and turns are 0 or more");
        }
    }

    private static Tiering of(String said) {
        return switch (said) {
            case "" -> new Tiering(CALLS_DEFAULT, TURNS_DEFAULT);
            case "off" -> OFF;
            default -> {
                try {
                    int often = Integer.parseInt(said);
                    yield new Tiering(often, often);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "%s is '%s': set it to off or to a number from 1"
                                    .formatted(PROPERTY, said),
                            e);
                }
            }
        };
    }

    /// Whether there are such classes at all.
    public boolean isOn() {
        return calls > 0;
    }
}
