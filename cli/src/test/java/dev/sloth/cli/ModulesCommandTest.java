package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.Script;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesCommandTest {
    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder);
    }

    @Test
    void all_modules_are_listed_and_each_can_be_asked_for() {
        var modules = Wiring.modules();
        assertThat(modules).hasSizeGreaterThan(10);
        var overview = door.call("modules").lines();
        for (var module : modules) {
            assertThat(overview).anyMatch(line -> line.startsWith(module.name() + " "));
            assertThat(door.call("modules", module.name()).out()).startsWith(module.name() + ": ");
        }
    }

    @Test
    void one_function_is_shown_alone() {
        assertThat(door.call("modules", "exec.run").out()).startsWith("exec.run(");
        assertThat(door.call("modules", "exec.run", "-o", "json").out())
                .contains("\"name\" : \"exec.run\"", "\"parameters\" : [");
    }

    @Test
    void a_function_of_a_module_in_a_module_is_found() {
        assertThat(door.call("modules", "notifications.pagerduty.resolve").out())
                .startsWith("notifications.pagerduty.resolve(");
        assertThat(door.call("modules", "notifications.send").out())
                .startsWith("notifications.send(");
    }

    @Test
    void a_wrong_name_names_the_nearest() {
        assertThat(door.call("modules", "exce").err()).contains("did you mean 'exec'?");
        assertThat(door.call("modules", "exec.rnu").err()).contains("did you mean 'run'?");
        assertThat(door.call("modules", "exce").exit()).isEqualTo(2);
    }

    @Test
    void the_annotations_of_every_module_are_lua_that_compiles() {
        var answer = door.call("modules", "--annotations", "types");
        assertThat(answer.exit()).isZero();
        for (var module : Wiring.modules()) {
            var text = door.read("types/" + module.name() + ".lua");
            assertThat(text).startsWith("---@meta\n");
            assertThat(Script.compile(module.name(), text.getBytes(StandardCharsets.UTF_8)))
                    .as(module.name())
                    .isInstanceOf(Script.Outcome.Ready.class);
        }
    }
}
