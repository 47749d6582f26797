package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.Store;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The rows of encrypted secrets.
abstract class SecretContract extends Opened {
    SecretContract(Supplier<Store> opening) {
        super(opening);
    }

    private static VersionRow row(String space, String name, long version) {
        return new VersionRow(space, name, version, 5, Samples.NOW);
    }

    private void put(VersionRow row, String sealed) {
        boolean _ =
                store.secrets()
                        .write(t -> {
                            t.put(row, sealed.getBytes(StandardCharsets.UTF_8));
                            return true;
                        });
    }

    private String sealed(VersionRow row) {
        return read(t -> t.sealed(row.space(), row.name(), row.version()))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    private <T> T read(Function<SecretTables, T> work) {
        return store.secrets().read(work);
    }

    @Test
    void a_master_key_has_one_row_and_the_last_one_counts() {
        assertThat(String.valueOf(read(SecretTables::master))).isEqualTo("Optional.empty");
        for (var id : new String[] {"a", "b"}) {
            boolean _ =
                    store.secrets()
                            .write(t -> {
                                t.putMaster(new MasterRow(id, "how", 3, "seal of " + id));
                                return true;
                            });
        }
        Optional<MasterRow> found = another().secrets().read(SecretTables::master);
        assertThat(found).contains(new MasterRow("b", "how", 3, "seal of b"));
    }

    @Test
    void each_namespace_has_one_key() {
        for (long generation = 1; generation < 3; generation++) {
            var key =
                    new KeyRow(
                            "s",
                            generation,
                            "m",
                            new byte[] {(byte) generation},
                            Samples.NOW,
                            "d" + generation);
            boolean _ =
                    store.secrets()
                            .write(t -> {
                                t.putKey(key);
                                return true;
                            });
        }
        var found = read(t -> t.key("s")).orElseThrow();
        assertThat(found.generation()).isEqualTo(2);
        assertThat(found.wrapped()).containsExactly(2);
        assertThat(found.at()).isEqualTo(Samples.NOW);
        assertThat(found.digest()).isEqualTo("d2");
        int keys = read(t -> t.keys().size());
        assertThat(keys).isEqualTo(1);
        boolean known = read(t -> t.key("other").isPresent());
        assertThat(known).isFalse();
    }

    @Test
    void versions_are_found_by_name_and_number_and_namespaces_are_apart() {
        put(row("s", "b", 1), "one");
        put(row("s", "a", 2), "two");
        put(row("s", "a", 1), "three");
        put(row("t", "a", 1), "four");
        List<VersionRow> all = read(t -> t.versions("s"));
        assertThat(all).containsExactly(row("s", "a", 1), row("s", "a", 2), row("s", "b", 1));
        List<VersionRow> ofOne = read(t -> t.versions("s", "a"));
        assertThat(ofOne).hasSize(2);
        assertThat(sealed(row("t", "a", 1))).isEqualTo("four");
        put(row("t", "a", 1), "five");
        assertThat(sealed(row("t", "a", 1))).isEqualTo("five");
        boolean _ =
                store.secrets()
                        .write(t -> {
                            t.remove(row("s", "a", 1));
                            return true;
                        });
        assertThat(sealed(row("s", "a", 1))).isEqualTo("nothing");
        assertThat(sealed(row("s", "a", 2))).isEqualTo("two");
    }

    @Test
    void the_mark_of_a_version_is_the_beginning_of_what_is_sealed() {
        put(row("s", "b", 1), "x".repeat(SecretTables.MARK) + "and more");
        put(row("s", "a", 2), "short");
        put(row("t", "a", 1), "of others");
        var marks =
                read(t ->
                        t.marked("s").stream()
                                .map(each ->
                                        each.row().name()
                                                + each.row().version()
                                                + new String(each.mark(), StandardCharsets.UTF_8))
                                .toList());
        assertThat(marks).isEqualTo(List.of("a2short", "b1" + "x".repeat(SecretTables.MARK)));
    }

    @Test
    void what_a_run_was_given_is_kept_by_run_until_it_is_removed() {
        for (var each :
                List.of(
                        new GivenRow("r2", "s", Samples.NOW, new byte[] {1}),
                        new GivenRow("r1", "s", Samples.NOW, new byte[] {2}),
                        new GivenRow("r2", "t", Samples.NOW.plusSeconds(1), new byte[] {3}))) {
            boolean _ =
                    store.secrets()
                            .write(t -> {
                                t.putGiven(each);
                                return true;
                            });
        }
        var all = read(t -> t.given().stream().map(GivenRow::run).toList());
        assertThat(all).isEqualTo(List.of("r1", "r2"));
        var found = read(t -> t.given("r2")).orElseThrow();
        assertThat(found.space()).isEqualTo("t");
        assertThat(found.at()).isEqualTo(Samples.NOW.plusSeconds(1));
        assertThat(found.sealed()).containsExactly(3);
        boolean _ =
                store.secrets()
                        .write(t -> {
                            t.removeGiven("r2");
                            t.removeGiven("nobody");
                            return true;
                        });
        boolean gone = read(t -> t.given("r2").isEmpty() && t.given("r1").isPresent());
        assertThat(gone).isTrue();
        assertThat(store.secrets().begun()).isTrue();
    }

    @Test
    void the_raw_row_holds_what_was_given_as_it_was_given() {
        put(row("s", "a", 1), "as it is");
        var raw = read(t -> new String(t.raw(row("s", "a", 1)), StandardCharsets.UTF_8));
        assertThat(raw).contains("as it is", "a", "s");
    }

    @Test
    void work_that_throws_has_changed_nothing() {
        put(row("s", "a", 1), "one");
        assertThatThrownBy(() ->
                        store.secrets()
                                .write(t -> {
                                    t.put(row("s", "a", 1), new byte[] {1});
                                    t.put(row("s", "c", 1), new byte[] {1});
                                    throw new IllegalStateException("no");
                                }))
                .hasMessageContaining("no");
        assertThat(sealed(row("s", "a", 1))).isEqualTo("one");
        assertThat(sealed(row("s", "c", 1))).isEqualTo("nothing");
    }
}
