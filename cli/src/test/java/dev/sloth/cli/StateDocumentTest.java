package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.view.Format;
import dev.sloth.core.state.Held;
import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDocumentTest {
    @TempDir private Path home;

    private static List<Held> read(String text) {
        return StateDocument.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_was_written_is_read_as_it_was_from_json_and_from_yaml() {
        Gen.forAll(
                300,
                gen -> {
                    var all = new SharedValues(gen).all();
                    var document = StateDocument.written(all);
                    assertThat(read(document.as(Format.JSON))).isEqualTo(all);
                    assertThat(read(document.as(Format.YAML))).isEqualTo(all);
                });
    }

    @Test
    void what_is_brought_into_a_store_comes_out_as_it_was() {
        var shared = Layers.read(home, Map.of(), Map.of()).config().shared();
        Gen.forAll(
                40,
                gen -> {
                    var all = new SharedValues(gen).all();
                    try (var state =
                            new OpenState(home, shared.in("n" + gen.below(1_000)), Causes.NONE)) {
                        state.hold(new SharedValues(gen).all());
                        state.held("*").forEach(old -> delete(state, old.key()));
                        state.hold(all);
                        var out = read(StateDocument.written(state.held("*")).as(Format.JSON));
                        assertThat(withoutTtl(out)).isEqualTo(withoutTtl(all));
                        for (int i = 0; i < all.size(); i++) {
                            assertThat(seconds(out.get(i)))
                                    .isBetween(seconds(all.get(i)) - 600, seconds(all.get(i)));
                        }
                    }
                });
    }

    private static void delete(OpenState state, String key) {
        assertThat(state.ask(new StateCommand.Delete(key)).done()).isTrue();
    }

    private static List<Held> withoutTtl(List<Held> all) {
        return all.stream()
                .map(held -> new Held(held.key(), held.kind(), held.value(), Optional.empty()))
                .toList();
    }

    private static long seconds(Held held) {
        return held.ttl().map(ttl -> ttl.toSeconds()).orElse(-1L);
    }

    @Test
    void what_is_no_such_document_is_refused_with_what_is_wrong() {
        refused("", "not what `state export` writes");
        refused("{\"format\": \"other\"}", "not what `state export` writes");
        refused("{\"format\": \"sloth-state-1\", \"entries\": [{}]}", "entry 1 has no key");
        refused(entry("\"type\": \"bag\""), "'a': the type must be one of");
        refused(entry("\"type\": \"value\", \"ttl\": -1"), "'a': the ttl must be seconds");
        refused(entry("\"type\": \"value\", \"value\": {\"$new\": 1}"), "'a': a field is called");
        refused(entry("\"type\": \"value\", \"value\": {\"$bytes\": \"?\"}"), "'a': ");
    }

    private static String entry(String fields) {
        return "{\"format\": \"sloth-state-1\", \"entries\": [{\"key\": \"a\", %s}]}"
                .formatted(fields);
    }

    private static void refused(String document, String why) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("SLOTH-4210")
                .hasMessageContaining(why);
    }
}
