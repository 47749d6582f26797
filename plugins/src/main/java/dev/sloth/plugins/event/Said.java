package dev.sloth.plugins.event;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Shown;

/// Text that means something outside of the script: neither a number taken for text nor nothing at
/// all.
final class Said {
    private Said() {}

    /// @throws CallFailure when it is a number
    static String text(Call call, String parameter) {
        if (call.value(parameter) instanceof Value.Num number) {
            throw new CallFailure(parameter + " is text, not " + Shown.excerpt(number));
        }
        return call.text(parameter);
    }

    /// @throws CallFailure when it is a number, empty or blank
    static String something(Call call, String parameter) {
        var text = text(call, parameter);
        if (text.isBlank()) {
            throw new CallFailure(parameter + " is empty: say what to watch");
        }
        return text;
    }
}
