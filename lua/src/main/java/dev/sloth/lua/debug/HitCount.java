package dev.sloth.lua.debug;

import java.util.Optional;
import java.util.regex.Pattern;

/// At which of its hits a breakpoint stops: `5` at the fifth, `>= 5`, `% 5` at each fifth.
record HitCount(String sign, long number) {
    static final HitCount EACH = new HitCount(">=", 1);

    private static final Pattern WRITTEN =
            Pattern.compile("\\s*(==|=|>=|>|<=|<|%|)\\s*([0-9]{1,9})\\s*");

    /// Empty when it is none.
    static Optional<HitCount> of(String text) {
        if (text.isBlank()) {
            return Optional.of(EACH);
        }
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(written.group(2));
        String sign = written.group(1);
        return sign.equals("%") && number == 0
                ? Optional.empty()
                : Optional.of(new HitCount(sign, number));
    }

    boolean stops(long hits) {
        return switch (sign) {
            case ">=" -> hits >= number;
            case ">" -> hits > number;
            case "<=" -> hits <= number;
            case "<" -> hits < number;
            case "%" -> hits % number == 0;
            default -> hits == number;
        };
    }
}
