package dev.sloth.plugins.yaml;

import dev.sloth.api.plugin.Module;
import dev.sloth.plugins.data.Formats;

/// The module `yaml`.
public final class YamlModule {
    private YamlModule() {}

    public static Module module() {
        return Module.named("yaml", "Reads and writes YAML.")
                .functions(Formats.yamlEncode("encode"), Formats.yamlDecode("decode"));
    }
}
