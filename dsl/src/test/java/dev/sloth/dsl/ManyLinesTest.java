package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.FunctionRef;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts of very many lines that a script writes at once.
final class ManyLinesTest {
    private static final FunctionRef COMMAND = new FunctionRef("task t command");

    private final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(strings = {"print", "io.write", "io.stderr:write"})
    void a_kill_ends_the_writing(String writing) {
        var body = writing + "(('\\n'):rep(1000000))";
        try (var script = bench.load(Bench.inTask(body), "w")) {
            bench.onWriting = () -> script.kill("enough");
            assertThatThrownBy(() -> script.call(COMMAND, List.of()))
                    .isInstanceOf(ScriptStopped.class)
                    .hasMessage("enough");
        }
        assertThat(bench.printed.size() + bench.complained.size()).isEqualTo(1);
    }
}
