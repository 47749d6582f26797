package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts of very many lines that a script writes at once.
final class ManyLinesTest {
    private static final FunctionRef COMMAND = new FunctionRef("task t command");
    private static final int FEW = 20_000;

    private final Bench bench = new Bench();

    ManyLinesTest() {
        bench.modules.add(
                Module.named("m", "A module to try.")
                        .functions(
                                Function.named("log")
                                        .param("text", Type.STRING, "What.")
                                        .body(ManyLinesTest::log)));
    }

    private static List<Value> log(Call call) {
        call.host().log(Host.Level.INFO, call.text("text"), Map.of());
        return Results.none();
    }

    @ParameterizedTest
    @ValueSource(strings = {"print", "io.write", "io.stderr:write", "m.log"})
    void a_kill_ends_the_writing(String writing) {
        var body = writing + "(('\\n'):rep(1000000))";
        try (var script = bench.load(Bench.inTask(body), "w")) {
            bench.onWriting = () -> script.kill("enough");
            assertThatThrownBy(() -> script.call(COMMAND, List.of()))
                    .isInstanceOf(ScriptStopped.class)
                    .hasMessage("enough");
        }
        var logged = String.join("", bench.logged).length();
        assertThat(bench.printed.size() + bench.complained.size() + logged).isLessThan(FEW);
    }

    @Test
    void a_long_text_is_logged_whole() {
        bench.run("m.log('first\\n' .. ('line\\n'):rep(10000) .. '\\nlast')");
        assertThat(bench.logged).hasSizeGreaterThan(1).allMatch(each -> each.startsWith("INFO "));
        assertThat(
                        bench.logged.stream()
                                .map(each -> each.substring(5))
                                .collect(Collectors.joining("\n")))
                .isEqualTo("first\n" + "line\n".repeat(10_000) + "\nlast");
    }
}
