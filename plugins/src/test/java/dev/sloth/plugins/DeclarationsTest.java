package dev.sloth.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the reference page and the checking of arguments rely on.
class DeclarationsTest {
    @Test
    void every_function_parameter_and_result_is_documented() {
        var seen = new ArrayList<String>();
        for (var module : Plugins.all()) {
            assertThat(module.doc()).as(module.name()).endsWith(".");
            functions(module, seen).forEach(this::isDocumented);
        }
        assertThat(seen).hasSizeGreaterThan(150);
    }

    private static List<Function> functions(Module module, List<String> seen) {
        var all = new ArrayList<>(module.functions());
        for (var handle : module.handles()) {
            assertThat(handle.doc()).as(handle.name()).endsWith(".");
            all.addAll(handle.methods());
        }
        all.forEach(f -> seen.add(module.name() + "." + f.name()));
        return all;
    }

    private void isDocumented(Function function) {
        assertThat(function.doc()).as(function.name()).matches("(?s)[A-Z].*\\.");
        function.parameters().forEach(p -> isDocumented(p, function.name()));
        for (var result : function.results()) {
            assertThat(result.doc()).as(function.name() + " " + result.name()).isNotBlank();
        }
    }

    private void isDocumented(Parameter parameter, String where) {
        assertThat(parameter.doc()).as(where + " " + parameter.name()).isNotBlank().endsWith(".");
        parameter.options().forEach(o -> isDocumented(o, where));
        parameter.items().forEach(o -> isDocumented(o, where));
    }

    @Test
    void names_are_unique_and_required_parameters_come_first() {
        var modules = new HashSet<String>();
        var handles = new HashSet<String>();
        for (var module : Plugins.all()) {
            assertThat(modules.add(module.name())).as(module.name()).isTrue();
            var names = new HashSet<String>();
            for (var function : module.functions()) {
                assertThat(names.add(function.name())).as(function.name()).isTrue();
                requiredFirst(function);
            }
            for (var handle : module.handles()) {
                assertThat(handles.add(handle.name())).as(handle.name()).isTrue();
                handle.methods().forEach(DeclarationsTest::requiredFirst);
            }
        }
    }

    private static void requiredFirst(Function function) {
        boolean optional = false;
        var names = new HashSet<String>();
        for (var parameter : function.parameters()) {
            assertThat(names.add(parameter.name())).as(function.name()).isTrue();
            boolean anything = parameter.type() == Type.ANY;
            assertThat(optional && !parameter.optional() && !anything)
                    .as(function.name() + " " + parameter.name())
                    .isFalse();
            optional |= parameter.optional();
        }
    }
}
