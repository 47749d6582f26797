package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.Link;
import dev.sloth.agent.process.ProcessConfig;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.config.Setting;
import dev.sloth.core.retention.Retention;
import dev.sloth.core.state.StateLimits;
import dev.sloth.dsl.ScriptLimits;
import dev.sloth.master.MasterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The defaults of the settings are those of the parts they are for.
class SettingsAgreeTest {
    @TempDir private Path home;

    @Test
    void the_defaults_of_scripts_are_the_ones_of_the_script_limits() {
        var config = Layers.read(home, Map.of(), Map.of()).config();
        assertThat(config.defineSteps()).isEqualTo(ScriptLimits.DEFINE_STEPS_DEFAULT);
        assertThat(config.defineMemory()).isEqualTo(ScriptLimits.DEFINE_MEMORY_DEFAULT);
        assertThat(config.defineTime()).isEqualTo(ScriptLimits.DEFINE_TIME_DEFAULT);
        assertThat(config.executeSteps()).isEqualTo(ScriptLimits.EXECUTE_STEPS_DEFAULT);
        assertThat(config.executeMemory()).isEqualTo(ScriptLimits.EXECUTE_MEMORY_DEFAULT);
        assertThat(Wiring.totalMemory(config)).isEqualTo(ScriptLimits.TOTAL_MEMORY_DEFAULT);
        assertThat(config.goroutines()).isEqualTo(ScriptLimits.DEFAULT.goroutines());
    }

    @Test
    void all_scripts_together_have_no_more_than_the_heap_bears() {
        var name = "SLOTH_SCRIPT_TOTAL_MEMORY";
        var small = Layers.read(home, Map.of(name, "1MiB"), Map.of()).config();
        assertThat(Wiring.totalMemory(small)).isEqualTo(1 << 20);
        var large = Layers.read(home, Map.of(name, "1024GiB"), Map.of()).config();
        assertThat(Wiring.totalMemory(large)).isEqualTo(ScriptLimits.TOTAL_MEMORY_MAX);
    }

    @Test
    void the_defaults_of_processes_are_the_ones_of_the_process_config() {
        var config = Layers.read(home, Map.of(), Map.of()).config();
        var usual = ProcessConfig.defaults(Map.of());
        assertThat(config.killGrace()).isEqualTo(usual.termGrace());
        assertThat(config.keptBytes()).isEqualTo(usual.keptMax());
        assertThat(config.roomWait()).isEqualTo(usual.roomWait());
    }

    @Test
    void the_defaults_of_what_is_kept_are_the_ones_of_the_retention() {
        var kept = Layers.read(home, Map.of(), Map.of()).config().kept();
        assertThat(kept.age()).isEqualTo(Retention.AGE_DEFAULT);
        assertThat(kept.count()).isEqualTo(Retention.COUNT_DEFAULT);
        assertThat(kept.bytes()).isEqualTo(Retention.BYTES_DEFAULT);
    }

    @Test
    void the_defaults_of_shared_state_are_the_ones_of_its_limits() {
        var shared = Layers.read(home, Map.of(), Map.of()).config().shared();
        assertThat(OpenState.limits(shared)).isEqualTo(StateLimits.DEFAULT);
        assertThat(shared.namespace()).isEqualTo("default");
        assertThat(shared.sweep()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_defaults_of_masters_are_the_ones_of_the_master_config() {
        var set = Layers.read(home, Map.of(), Map.of()).config().cluster();
        var usual = MasterConfig.of(VersionCommand.version(), 0, home);
        assertThat(MasterCommand.config(set, 0, home)).isEqualTo(usual);
    }

    @Test
    void the_defaults_of_agents_are_the_ones_of_their_links() {
        var set = Layers.read(home, Map.of(), Map.of()).config().cluster();
        assertThat(set.absencesAgain()).isEqualTo(Link.ABSENCES_AGAIN);
    }

    @Test
    void the_keys_that_messages_of_scripts_name_are_settings() {
        assertThat(Layers.settings().stream().map(Setting::key))
                .contains(
                        ScriptLimits.KEY_DEFINE_STEPS,
                        ScriptLimits.KEY_DEFINE_MEMORY,
                        ScriptLimits.KEY_DEFINE_TIME);
    }
}
