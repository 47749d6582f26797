package dev.sloth.plugins.json;

import dev.sloth.api.plugin.Module;
import dev.sloth.plugins.data.Formats;

/// The module `json`.
public final class JsonModule {
    private JsonModule() {}

    public static Module module() {
        return Module.named("json", "Reads and writes JSON.")
                .functions(
                        Formats.jsonEncode("encode"),
                        Formats.jsonDecode("decode"),
                        Formats.jsonPretty("pretty"),
                        Formats.jsonValidate("validate"));
    }
}
