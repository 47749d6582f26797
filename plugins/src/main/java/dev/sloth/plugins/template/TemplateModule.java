package dev.sloth.plugins.template;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.fs.FileContent;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The module `template`.
public final class TemplateModule {
    private static final String LANGUAGE =
            " Places are written {{ name.path }}, {{ if x }}..{{ else }}..{{ end }} and"
                    + " {{ for item in list }}..{{ end }}; filters follow a bar: upper, lower, trim,"
                    + " json and default \"text\".";

    private TemplateModule() {}

    public static Module module() {
        return Module.named("template", "Puts values into texts.")
                .functions(render(), renderFile());
    }

    private static Function render() {
        return Function.named("render")
                .doc("Puts values into a text." + LANGUAGE)
                .param("text", Type.STRING, "The template.")
                .optional("vars", Type.TABLE, "The values by name.")
                .returnsOrNil("text", Type.STRING, "The text, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, with line and column, or nil.")
                .example("template.render(\"Hello {{ name | upper }}\", {name = \"sloth\"})")
                .body(call -> {
                    try {
                        return Results.text(
                                Rendering.render(
                                        Compiler.compile(call.text("text")), vars(call), call));
                    } catch (Broken e) {
                        return Results.fail(String.valueOf(e.getMessage()));
                    }
                });
    }

    private static Value.Table vars(Call call) {
        return call.given("vars") ? call.table("vars") : new DataTable();
    }

    private static Function renderFile() {
        return Function.named("render_file")
                .doc("Puts values into a file and writes the result to another." + LANGUAGE)
                .param("src", Type.STRING, "The file with the template.")
                .param("dest", Type.STRING, "Where to write the result.")
                .optional("vars", Type.TABLE, "The values by name.")
                .returns("ok", Type.BOOLEAN, "Whether it was written.")
                .returnsOrNil("error", Type.STRING, "What is wrong, with line and column, or nil.")
                .needs(Permission.FS)
                .example("template.render_file(\"nginx.conf.tmpl\", \"nginx.conf\", values)")
                .body(TemplateModule::renderFile);
    }

    private static List<Value> renderFile(Call call) throws InterruptedException {
        var host = call.host();
        var src = path(call, "src");
        var dest = path(call, "dest");
        try {
            var source = host.blocking(() -> FileContent.read(src, call));
            var parts = Compiler.compile(new String(source, StandardCharsets.UTF_8));
            var text = Rendering.render(parts, vars(call), call).getBytes(StandardCharsets.UTF_8);
            var random = host.random().nextLong();
            host.blocking(() -> {
                FileContent.write(dest, text, random);
                return true;
            });
            return Results.bool(true);
        } catch (IOException e) {
            return Results.refuse(Failures.sentence(e));
        } catch (Broken e) {
            return Results.refuse(call.text("src") + ":" + e.getMessage());
        }
    }

    private static Path path(Call call, String parameter) {
        try {
            return call.host().folder().resolve(call.text(parameter));
        } catch (InvalidPathException e) {
            throw new CallFailure(parameter + " is not a path: " + e.getReason(), e);
        }
    }
}
