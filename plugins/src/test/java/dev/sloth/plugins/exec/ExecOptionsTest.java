package dev.sloth.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.RealProcesses;
import dev.sloth.plugins.testing.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the options of `exec.run` ask of the one who runs processes.
class ExecOptionsTest {
    @TempDir Path folder;

    private Command asked(Object... arguments) {
        var processes = new RealProcesses();
        var host = new TestHost(folder).processes(processes);
        new Caller(ExecModule.module(), host).call("run", arguments);
        assertThat(processes.commands).hasSize(1);
        return processes.commands.getFirst();
    }

    @Test
    void the_user_is_handed_on_and_is_nobody_in_particular_if_not_given() {
        assertThat(asked("true", Map.of("user", "deploy")).user()).isEqualTo("deploy");
        assertThat(asked("true").user()).isEmpty();
        assertThat(asked(Map.of("command", "true", "user", "web")).user()).isEqualTo("web");
    }

    @Test
    void a_text_is_run_by_the_shell_that_is_asked_for() {
        assertThat(asked("echo a b", Map.of("shell", "/bin/sh")).argv())
                .containsExactly("/bin/sh", "-c", "echo a b");
        assertThat(asked(List.of("echo", "a b"), Map.of("shell", "/bin/sh")).argv())
                .containsExactly("echo", "a b");
        var exec = new Caller(ExecModule.module(), new TestHost(folder));
        assertThat(exec.text("run", "echo $0", Map.of("shell", "/bin/sh"))).isEqualTo("/bin/sh\n");
        assertThat(exec.error("run", "true", Map.of("shell", "/no/shell"))).contains("/no/shell");
    }

    @Test
    void lines_stay_out_of_the_log_if_quiet_or_not_streamed() {
        assertThat(asked("true", Map.of("quiet", true)).quiet()).isTrue();
        assertThat(asked("true", Map.of("stream", false)).quiet()).isTrue();
        assertThat(asked("true", Map.of("stream", true)).quiet()).isFalse();
        assertThat(asked("true").quiet()).isFalse();
    }

    @Test
    void workdir_env_and_timeout_are_handed_on() {
        var options = Map.of("workdir", ".", "env", Map.of("A", 1), "timeout", "1500ms");
        var command = asked("true", options);
        assertThat(command.folder().normalize()).isEqualTo(folder);
        assertThat(command.environment()).isEqualTo(Map.of("A", "1"));
        assertThat(command.timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void options_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> asked("true", Map.of("timeout", 0)))
                .isInstanceOf(CallFailure.class)
                .hasMessage("timeout must be positive");
        assertThatThrownBy(() -> asked("true", Map.of("usr", "x"))).isInstanceOf(CallFailure.class);
        assertThatThrownBy(() -> asked(List.of(""))).isInstanceOf(CallFailure.class);
    }
}
