package dev.sloth.plugins.template;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import java.io.IOException;

/// Templates for the modules that write files with them.
public final class Templates {
    private Templates() {}

    /// Puts values into a text.
    ///
    /// @throws IOException when the template is wrong, with line and column
    public static String render(String template, Value.Table values, Allowance allowance)
            throws IOException {
        try {
            return Rendering.render(Compiler.compile(template), values, allowance);
        } catch (Broken e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
