package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.secret.HighMark;
import dev.sloth.core.security.secret.KeySource;
import dev.sloth.core.security.secret.SecretLimits;
import dev.sloth.core.security.secret.SecretVault;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Secrets through their encryption.
abstract class VaultContract extends Opened {
    private static final String SPACE = "default";
    private static final KeySource KEY = key(7);
    private static final SecretLimits LIMITS = new SecretLimits(1_000, 3, 5);

    private final SplittableRandom random = new SplittableRandom(42);

    VaultContract(Supplier<Store> opening) {
        super(opening);
    }

    private static KeySource key(int seed) {
        var bytes = new byte[KeySource.KEY_LENGTH];
        new SplittableRandom(seed).nextBytes(bytes);
        return new KeySource.Key(Secret.of(bytes));
    }

    private static KeySource words(String passphrase) {
        return new KeySource.Passphrase(Secret.of(passphrase));
    }

    private SecretVault vault() {
        return vault(KEY);
    }

    private SecretVault vault(KeySource source) {
        return SecretVault.open(another().secrets(), source, LIMITS, random, () -> Samples.NOW);
    }

    private static String text(SecretVault vault, String name) {
        return text(vault.get(SPACE, name, Optional.empty()));
    }

    private static String text(Secret secret) {
        return new String(secret.bytes(), StandardCharsets.UTF_8);
    }

    private static void refused(String code, ThrowingCall call) {
        var problems = catchThrowableOfType(Problems.class, call::run);
        assertThat(problems).as("refusal").isNotNull();
        assertThat(problems.list().getFirst().code()).isEqualTo(code);
        assertThat(problems.list().getFirst().remedy()).isNotBlank();
    }

    /// Something that may be refused.
    @FunctionalInterface
    private interface ThrowingCall {
        void run() throws Exception;
    }

    private <T> T read(Function<SecretTables, T> work) {
        return store.secrets().read(work);
    }

    @Test
    void what_was_set_is_there_for_whoever_opens_the_store_with_the_key() {
        vault().set(SPACE, "token", Secret.of("s3cret"));
        assertThat(text(vault(), "token")).isEqualTo("s3cret");
        refused("SLOTH-4503", () -> vault(key(8)));
        refused("SLOTH-4502", () -> vault(words("open sesame")));
    }

    @Test
    void a_passphrase_opens_what_it_has_locked_and_no_other_does() {
        vault(words("open sesame")).set(SPACE, "token", Secret.of("s3cret"));
        assertThat(text(vault(words("open sesame")), "token")).isEqualTo("s3cret");
        refused("SLOTH-4503", () -> vault(words("open sesam")));
        refused("SLOTH-4502", () -> vault(KEY));
    }

    @Test
    void versions_are_kept_up_to_their_limit() {
        var vault = vault();
        for (int i = 1; i <= 5; i++) {
            assertThat(vault.set(SPACE, "a", Secret.of("v" + i))).isEqualTo(i);
        }
        assertThat(text(vault, "a")).isEqualTo("v5");
        assertThat(text(vault.get(SPACE, "a", Optional.of(3L)))).isEqualTo("v3");
        refused("SLOTH-4507", () -> vault.get(SPACE, "a", Optional.of(2L)));
        assertThat(vault.history(SPACE, "a").stream().map(VaultContract::text))
                .containsExactly("v3", "v4", "v5");
        assertThatThrownBy(() -> vault.remove(SPACE, "a", Optional.of(7L)))
                .as("the secret is there, the version is not")
                .hasMessageContaining("the secret 'a' has no version 7");
        vault.remove(SPACE, "a", Optional.of(5L));
        assertThat(text(vault, "a")).isEqualTo("v4");
        vault.remove(SPACE, "a", Optional.empty());
        refused("SLOTH-4507", () -> vault.get(SPACE, "a", Optional.empty()));
        refused("SLOTH-4507", () -> vault.remove(SPACE, "a", Optional.empty()));
    }

    @Test
    void lists_show_names_versions_and_sizes_of_one_namespace() {
        var vault = vault();
        vault.setAll(SPACE, Map.of("b", Secret.of("12345"), "a", Secret.of("1")));
        vault.set(SPACE, "b", Secret.of("123"));
        vault.set("other", "c", Secret.of("1"));
        assertThat(vault.list(SPACE))
                .containsExactly(
                        new SecretVault.Listed(new VersionRow(SPACE, "a", 1, 1, Samples.NOW), 1),
                        new SecretVault.Listed(new VersionRow(SPACE, "b", 2, 3, Samples.NOW), 2));
    }

    @Test
    void what_cannot_be_kept_is_refused_and_nothing_of_it_stays() {
        var vault = vault();
        for (var name : new String[] {"", "1a", "a b", "a:b", "ä", "a".repeat(129), "a#b"}) {
            refused("SLOTH-4501", () -> vault.set(SPACE, name, Secret.of("x")));
        }
        refused("SLOTH-4501", () -> vault.set(" ", "a", Secret.of("x")));
        refused("SLOTH-4506", () -> vault.set(SPACE, "a", Secret.of("x".repeat(1_001))));
        refused("SLOTH-4506", () -> vault.set(SPACE, "a", Secret.of("")));
        var six = new java.util.TreeMap<String, Secret>();
        for (int i = 0; i < 6; i++) {
            six.put("n" + i, Secret.of("x"));
        }
        refused("SLOTH-4506", () -> vault.setAll(SPACE, six));
        assertThat(vault.list(SPACE)).isEmpty();
    }

    @Test
    void rotation_changes_every_byte_that_is_kept_and_no_value() {
        var vault = vault();
        vault.set(SPACE, "a", Secret.of("one"));
        vault.set(SPACE, "a", Secret.of("two"));
        var before = sealed("a", 1);
        assertThat(vault.rotate(SPACE)).isEqualTo(2);
        assertThat(sealed("a", 1)).isNotEqualTo(before);
        assertThat(text(vault.get(SPACE, "a", Optional.of(1L)))).isEqualTo("one");
        assertThat(text(vault(), "a")).isEqualTo("two");
    }

    private static List<String> given(SecretVault vault, String run) {
        return vault.given(run).orElseThrow().stream().map(VaultContract::text).toList();
    }

    @Test
    void what_a_run_was_given_is_kept_encrypted_through_all_changes_of_keys() {
        var vault = vault();
        assertThat(vault.given("run")).isEmpty();
        vault.give(SPACE, "run", List.of(Secret.of("two"), Secret.of("one"), Secret.of("two")));
        assertThat(given(vault(), "run")).containsExactly("one", "two");
        vault.set(SPACE, "a", Secret.of("one"));
        var sealed = read(t -> t.given("run")).orElseThrow().sealed();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("one", "two");
        vault.rotate(SPACE);
        assertThat(read(t -> t.given("run")).orElseThrow().sealed()).isNotEqualTo(sealed);
        assertThat(given(vault, "run")).containsExactly("one", "two");
        vault.give("elsewhere", "run", List.of(Secret.of("three")));
        vault.rewrap(words("open sesame"), HighMark.NONE);
        assertThat(given(vault(words("open sesame")), "run")).containsExactly("three");
        assertThat(vault(words("open sesame")).check().values()).isEqualTo(1);
    }

    @Test
    void what_a_run_was_given_is_refused_when_it_was_changed_or_is_another_runs() {
        var vault = vault();
        vault.give(SPACE, "run", List.of(Secret.of("one")));
        var row = read(t -> t.given("run")).orElseThrow();
        var moved = new GivenRow("other", row.space(), row.at(), row.sealed());
        for (var changed :
                List.of(
                        moved,
                        new GivenRow("run", "nowhere", row.at(), row.sealed()),
                        new GivenRow("run", row.space(), row.at(), flipped(row.sealed(), 200)))) {
            boolean _ =
                    store.secrets()
                            .write(t -> {
                                t.putGiven(changed);
                                return true;
                            });
            refused("SLOTH-4504", () -> vault.given(changed.run()));
        }
        assertThat(vault.rotate(SPACE)).isZero();
        refused("SLOTH-4504", () -> vault.given("run"));
    }

    @Test
    void another_master_key_takes_over_at_once_and_the_old_one_opens_nothing() {
        var vault = vault();
        vault.set(SPACE, "a", Secret.of("one"));
        vault.set("other", "b", Secret.of("two"));
        vault.rewrap(words("open sesame"), HighMark.NONE);
        assertThat(text(vault, "a")).isEqualTo("one");
        assertThat(text(vault(words("open sesame")), "a")).isEqualTo("one");
        refused("SLOTH-4502", () -> vault());
    }

    private byte[] sealed(String name, long version) {
        return read(t -> t.sealed(SPACE, name, version)).orElseThrow();
    }

    @Test
    void the_same_value_never_looks_the_same() {
        var vault = vault();
        vault.set(SPACE, "a", Secret.of("one"));
        vault.set(SPACE, "b", Secret.of("one"));
        assertThat(sealed("a", 1)).isNotEqualTo(sealed("b", 1));
    }

    @Test
    void every_changed_bit_of_a_value_or_its_key_is_found() {
        var vault = vault();
        vault.set(SPACE, "a", Secret.of("one"));
        var row = read(t -> t.versions(SPACE, "a")).getFirst();
        byte[] sealed = sealed("a", 1);
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            keep(row, flipped(sealed, bit));
            refused("SLOTH-4504", () -> vault.get(SPACE, "a", Optional.empty()));
        }
        for (int length = 0; length < sealed.length; length++) {
            keep(row, java.util.Arrays.copyOf(sealed, length));
            refused("SLOTH-4504", () -> vault.get(SPACE, "a", Optional.empty()));
        }
        keep(row, sealed);
        var key = read(t -> t.key(SPACE)).orElseThrow();
        for (int bit = 0; bit < key.wrapped().length * Byte.SIZE; bit++) {
            byte[] changed = flipped(key.wrapped(), bit);
            boolean _ =
                    store.secrets()
                            .write(t -> {
                                t.putKey(
                                        new dev.sloth.core.store.secret.KeyRow(
                                                key.space(),
                                                key.generation(),
                                                key.master(),
                                                changed,
                                                key.at(),
                                                key.digest()));
                                return true;
                            });
            refused("SLOTH-4504", () -> vault.get(SPACE, "a", Optional.empty()));
        }
    }

    @Test
    void a_namespace_whose_key_is_gone_gets_no_other_over_its_values() {
        var vault = vault();
        keep(new VersionRow("lost", "a", 1, 3, Samples.NOW), new byte[] {1, 2, 3});
        refused("SLOTH-4504", () -> vault.set("lost", "b", Secret.of("one")));
        Optional<KeyRow> key = read(t -> t.key("lost"));
        assertThat(key).isEmpty();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return changed;
    }

    private void keep(VersionRow row, byte[] sealed) {
        boolean _ =
                store.secrets()
                        .write(t -> {
                            t.put(row, sealed);
                            return true;
                        });
    }

    @Test
    void a_value_that_was_moved_to_another_name_or_version_is_not_opened() {
        var vault = vault();
        vault.set(SPACE, "a", Secret.of("one"));
        vault.set(SPACE, "a", Secret.of("two"));
        vault.set(SPACE, "b", Secret.of("six"));
        keep(new VersionRow(SPACE, "b", 1, 3, Samples.NOW), sealed("a", 1));
        refused("SLOTH-4504", () -> vault.get(SPACE, "b", Optional.empty()));
        keep(new VersionRow(SPACE, "a", 2, 3, Samples.NOW), sealed("a", 1));
        refused("SLOTH-4504", () -> vault.get(SPACE, "a", Optional.empty()));
    }

    /// A row as it stood, with what it sealed.
    private record Stood(VersionRow row, byte[] sealed) {}

    private Stood stood(String name, long version) {
        var found =
                read(t -> t.versions(SPACE, name)).stream()
                        .filter(row -> row.version() == version)
                        .findFirst()
                        .orElseThrow();
        return new Stood(found, sealed(name, version));
    }

    private void changed(Consumer<SecretTables> change) {
        boolean _ =
                store.secrets()
                        .write(t -> {
                            change.accept(t);
                            return true;
                        });
    }

    /// Nothing is given out, nothing is changed, and nothing is said to be well.
    private void nothingGoes(SecretVault vault) {
        refused("SLOTH-4514", () -> vault.get(SPACE, "b", Optional.empty()));
        refused("SLOTH-4514", () -> vault.history(SPACE, "b"));
        refused("SLOTH-4514", () -> vault.list(SPACE));
        refused("SLOTH-4514", () -> vault.set(SPACE, "c", Secret.of("more")));
        refused("SLOTH-4514", () -> vault.remove(SPACE, "b", Optional.empty()));
        refused("SLOTH-4514", () -> vault.rotate(SPACE));
        refused("SLOTH-4514", vault::check);
    }

    private SecretVault filled() {
        var vault = vault();
        vault.set(SPACE, "a", Secret.of("one"));
        vault.set(SPACE, "a", Secret.of("two"));
        vault.set(SPACE, "b", Secret.of("six"));
        return vault;
    }

    @Test
    void a_version_that_was_taken_away_is_missed() {
        var vault = filled();
        changed(t -> t.remove(stood("a", 2).row()));
        nothingGoes(vault);
        refused("SLOTH-4514", () -> vault.get(SPACE, "a", Optional.empty()));
        refused("SLOTH-4514", () -> vault.get(SPACE, "a", Optional.of(2L)));
        nothingGoes(vault());
    }

    @Test
    void all_of_a_secret_that_was_taken_away_is_missed() {
        var vault = filled();
        changed(t -> t.versions(SPACE, "a").forEach(t::remove));
        nothingGoes(vault);
        refused("SLOTH-4514", () -> vault.get(SPACE, "a", Optional.empty()));
    }

    @Test
    void a_version_that_was_removed_and_put_back_is_noticed() {
        var vault = filled();
        var two = stood("a", 2);
        vault.remove(SPACE, "a", Optional.of(2L));
        changed(t -> t.put(two.row(), two.sealed()));
        nothingGoes(vault);
        refused("SLOTH-4514", () -> vault.get(SPACE, "a", Optional.empty()));
    }

    @Test
    void an_older_value_of_the_same_version_that_was_put_back_is_noticed() {
        var vault = filled();
        var old = stood("a", 2);
        vault.remove(SPACE, "a", Optional.of(2L));
        assertThat(vault.set(SPACE, "a", Secret.of("new"))).isEqualTo(2);
        changed(t -> t.put(old.row(), old.sealed()));
        nothingGoes(vault);
    }

    @Test
    void an_older_key_with_its_older_values_that_was_put_back_is_noticed() {
        var vault = filled();
        var key = read(t -> t.key(SPACE)).orElseThrow();
        var rows = List.of(stood("a", 1), stood("a", 2), stood("b", 1));
        vault.rotate(SPACE);
        changed(t -> {
            t.putKey(key);
            rows.forEach(each -> t.put(each.row(), each.sealed()));
        });
        nothingGoes(vault);
    }

    @Test
    void a_seal_that_was_taken_away_is_missed_also_by_whoever_opens_the_store_then() {
        var vault = filled();
        changed(t -> {
            t.remove(stood("a", 2).row());
            var row = t.master().orElseThrow();
            t.putMaster(new MasterRow(row.id(), row.derivation(), 0, ""));
        });
        nothingGoes(vault);
        nothingGoes(vault());
    }

    @Test
    void an_older_seal_that_was_put_back_is_noticed() {
        var vault = filled();
        var old = read(SecretTables::master).orElseThrow();
        vault.set(SPACE, "a", Secret.of("three"));
        changed(t -> t.putMaster(old));
        nothingGoes(vault);
    }

    @Test
    void other_namespaces_go_on_when_rows_of_one_are_missing() {
        var vault = filled();
        vault.set("other", "a", Secret.of("one"));
        changed(t -> t.remove(stood("a", 1).row()));
        vault.set("other", "a", Secret.of("two"));
        assertThat(text(vault.get("other", "a", Optional.empty()))).isEqualTo("two");
        nothingGoes(vault);
    }

    @Test
    void what_is_missing_can_be_accepted() {
        var vault = filled();
        changed(t -> t.remove(stood("a", 2).row()));
        nothingGoes(vault);
        vault.accept();
        assertThat(vault.check()).isEqualTo(new SecretVault.Checked(1, 2));
        assertThat(text(vault(), "a")).isEqualTo("one");
        assertThat(text(vault, "b")).isEqualTo("six");
    }

    @Test
    void every_change_leaves_all_that_should_be_there() {
        var vault = filled();
        for (int i = 0; i < 4; i++) {
            vault.set(SPACE, "a", Secret.of("v" + i));
        }
        vault.remove(SPACE, "b", Optional.empty());
        vault.rotate(SPACE);
        vault.rotate("empty");
        vault.set("other", "x", Secret.of("y"));
        vault.rewrap(key(9), HighMark.NONE);
        assertThat(vault(key(9)).check()).isEqualTo(new SecretVault.Checked(2, 4));
        assertThat(text(vault(key(9)), "a")).isEqualTo("v3");
    }

    @Test
    void any_bytes_can_be_a_value() {
        var vault = vault();
        Gen.forAll(
                30,
                gen -> {
                    var bytes = new byte[1 + gen.below(400)];
                    new SplittableRandom(gen.below(1 << 20)).nextBytes(bytes);
                    vault.set(SPACE, "a", Secret.of(bytes.clone()));
                    assertThat(vault.get(SPACE, "a", Optional.empty()).bytes()).isEqualTo(bytes);
                });
    }

    @Test
    void the_self_test_leaves_nothing_behind() {
        vault();
        int rows = read(t -> t.versions("").size());
        assertThat(rows).isZero();
    }
}
