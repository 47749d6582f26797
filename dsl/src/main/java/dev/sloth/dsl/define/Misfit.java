package dev.sloth.dsl.define;

/// A value that a field cannot have; caught where fields are read, and noted as a problem there.
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String remedy;

    Misfit(Code code, String message, String remedy) {
        super(message, null, false, false);
        this.code = code;
        this.remedy = remedy;
    }

    /// The same of an option.
    Misfit in(String option) {
        return new Misfit(code, "has a '" + option + "' that " + message(), remedy);
    }

    Code code() {
        return code;
    }

    String remedy() {
        return remedy;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
