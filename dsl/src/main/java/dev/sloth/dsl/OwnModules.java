package dev.sloth.dsl;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.secret.SecretUse;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.define.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The modules that belong to the script itself.
final class OwnModules {
    /// Modules that concern the script alone: a load that calls no others gives the same each time.
    static final Set<String> INWARD = Set.of("task", "workflow", "group", "import");

    private OwnModules() {}

    static List<Module> all() {
        var all = new ArrayList<>(Words.modules());
        all.add(imports());
        all.add(exports());
        all.add(system());
        all.add(secret());
        all.add(
                Module.named(
                        "secrets",
                        "A table with the secrets that the workflow declares: secrets.name is"
                                + " secret(\"name\")."));
        all.add(
                Module.named(
                        "values", "A table with the values given to the run, also called Values."));
        all.add(
                Module.named(
                        "outputs",
                        "A table; what a task puts in becomes outputs, as with export."));
        return all;
    }

    private static Module imports() {
        return Module.named("import", "Runs another file of the project.")
                .functions(
                        Function.named(Function.ITSELF)
                                .doc(
                                        "Runs a file, named relative to this one, at the first"
                                                + " asking, and gives what it returns.")
                                .param("path", Type.STRING, "The file; `.lua` may be left out.")
                                .returns("value", Type.ANY, "What the file returned.")
                                .example("local shared = import(\"shared/deploy.lua\")")
                                .body(call -> Results.of(call.host().load(call.text("path")))));
    }

    private static Module exports() {
        return Module.named("export", "Gives outputs.")
                .functions(
                        Function.named(Function.ITSELF)
                                .doc("Adds outputs: a name and a value, or a table of them.")
                                .param("name", Type.STRING_OR_TABLE, "The name, or a table.")
                                .optional("value", Type.ANY, "The value.")
                                .example("export(\"version\", \"1.2\")  export({ a = 1, b = 2 })")
                                .body(OwnModules::export));
    }

    private static List<Value> export(Call call) {
        if (!(call.value("name") instanceof Value.Table table)) {
            export(call, call.bytes("name"), call.value("value"));
            return Results.none();
        }
        for (var entry : table.entries()) {
            if (!(entry.key() instanceof Text name)) {
                throw new CallFailure("outputs have names: export({ name = value })");
            }
            export(call, name, entry.value());
        }
        return Results.none();
    }

    private static void export(Call call, Text name, Value value) {
        var copy = Data.copyOf(value, "output '" + name + "'", call);
        call.take(Data.bytes(name) + Data.bytes(copy));
        call.host().export(name.toString(), copy);
    }

    private static Module secret() {
        return Module.named("secret", "Reads secrets.")
                .functions(
                        Function.named(Function.ITSELF)
                                .doc(
                                        "The value of a secret that the workflow declares with"
                                                + " secrets = {...}. Where a task is defined it only"
                                                + " stands for the value, as env takes it.")
                                .param("name", Type.STRING, "The name in the declaration.")
                                .returns("value", Type.ANY, "The value, as a string.")
                                .needs(Permission.SECRETS)
                                .example("env = { TOKEN = secret(\"api_token\") }")
                                .body(call -> Results.of(call.host().secret(call.text("name")))))
                .handles(
                        HandleType.named(
                                SecretUse.TYPE,
                                "Stands for a secret while tasks are defined; only env takes it."));
    }

    private static Module system() {
        return Module.named("system", "Features of the runner.")
                .functions(
                        Function.named("available_features")
                                .doc("All features and how far each is.")
                                .returns(
                                        "features",
                                        Type.TABLE,
                                        "Name to \"stable\", \"beta\" or \"off\".")
                                .body(OwnModules::features),
                        Function.named("enable_beta_features")
                                .doc("Switches beta features on for this run.")
                                .param("features", Type.STRING_OR_TABLE, "A name or a list.")
                                .returns(
                                        "enabled",
                                        Type.BOOLEAN,
                                        "False if one of them is not in this version.")
                                .example("system.enable_beta_features({ \"canary\" })")
                                .body(OwnModules::enable));
    }

    private static List<Value> features(Call call) {
        var table = new DataTable();
        call.host().features().forEach((name, standing) -> table.put(name, Text.of(standing)));
        return Results.of(table);
    }

    private static List<Value> enable(Call call) {
        boolean all = true;
        if (call.value("features") instanceof Value.Table list) {
            for (var entry : list.entries()) {
                if (!(entry.value() instanceof Text name)) {
                    throw new CallFailure("features are named by strings");
                }
                all &= enable(call.host(), name.toString());
            }
        } else {
            all = enable(call.host(), call.text("features"));
        }
        return Results.bool(all);
    }

    /// A feature that this version only knows by name stays off; the script is told, and goes on.
    private static boolean enable(Host host, String name) {
        host.enable(name);
        boolean on = !"off".equals(host.features().get(name));
        if (!on) {
            host.log(Host.Level.WARN, "the feature " + name + " is not in this version", Map.of());
        }
        return on;
    }
}
