package dev.sloth.cli;

import dev.sloth.cli.config.Layers;
import dev.sloth.cli.config.Setting;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;

/// `config list`: all settings, their values and where those came from.
final class ConfigList implements Command {
    @Override
    public Spec spec() {
        var spec = Specs.command("list", "Shows all settings: value, where it came from, meaning.");
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var layers = given.layers();
        layers.config();
        if (format == Format.TEXT) {
            var table = new TextTable("KEY", "VALUE", "FROM", "TYPE", "MEANING");
            for (var setting : Layers.settings()) {
                var origin = layers.origin(setting);
                table.row(
                        setting.key(),
                        origin.value(),
                        origin.from(),
                        setting.kind().name(),
                        setting.doc());
            }
            given.caller().print(table.lines(0));
        } else {
            var all = Layers.settings().stream().map(s -> document(s, layers)).toList();
            given.caller().out().print(new Document().with("settings", all).as(format));
        }
        return Exit.OK;
    }

    private static Document document(Setting setting, Layers layers) {
        var origin = layers.origin(setting);
        return new Document()
                .with("key", setting.key())
                .with("value", origin.value())
                .with("from", origin.from())
                .with("default", setting.standard())
                .with("type", setting.kind().name())
                .with("unit", setting.unit())
                .with("variable", setting.variable())
                .with("flag", setting.flag())
                .with("doc", setting.doc());
    }
}
