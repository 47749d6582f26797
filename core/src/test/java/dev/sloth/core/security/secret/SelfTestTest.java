package dev.sloth.core.security.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.secret.Secret;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MarkedRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SelfTestTest {
    private final SplittableRandom random = new SplittableRandom(1);

    private SecretVault open(Seal seal) {
        var key = new KeySource.Key(Secret.of(new byte[KeySource.KEY_LENGTH]));
        return SecretVault.open(
                new OneRow(),
                key,
                SecretLimits.DEFAULT,
                random,
                () -> Instant.EPOCH,
                seal,
                HighMark.NONE);
    }

    @Test
    void a_store_whose_encryption_does_nothing_is_not_used() {
        assertThatThrownBy(() -> open(new Forgetful(Seal.of(random), 0)))
                .hasMessageContaining("SLOTH-4508");
    }

    @Test
    void nor_is_one_that_keeps_the_value_beside_the_encrypted_one() {
        assertThatThrownBy(() -> open(new Forgetful(Seal.of(random), 10)))
                .hasMessageContaining("SLOTH-4508");
    }

    @Test
    void one_that_encrypts_is() {
        try (var vault = open(Seal.of(random))) {
            assertThat(vault.list("default")).isEmpty();
        }
    }

    @Test
    void a_passphrase_gives_the_key_that_the_reference_program_gives() {
        var derivation = new Derivation(65_536, 2, 1, "somesalt".getBytes(UTF_8));
        assertThat(HexFormat.of().formatHex(derivation.key("password".getBytes(UTF_8))))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void a_derivation_that_would_keep_us_busy_for_ever_is_not_followed() {
        var fine = Derivation.fresh(random).text();
        assertThat(Derivation.read(fine)).isPresent();
        assertThat(Derivation.read(fine.replace("m=65536", "m=99999999"))).isEmpty();
        assertThat(Derivation.read(fine.replace("t=3", "t=999"))).isEmpty();
        assertThat(Derivation.read(fine.replace("t=3", "t=0"))).isEmpty();
        assertThat(Derivation.read("argon2i" + fine)).isEmpty();
    }

    /// Leaves as much in the clear as it is told, or all.
    private record Forgetful(Seal real, int hidden) implements Seal {
        @Override
        public byte[] close(byte[] key, byte[] about, byte[] plain) {
            if (plain.length == KeySource.KEY_LENGTH && hidden == 0) {
                return plain.clone();
            }
            byte[] sealed = hidden == 0 ? new byte[0] : real.close(key, about, plain);
            byte[] both = java.util.Arrays.copyOf(sealed, sealed.length + plain.length);
            System.arraycopy(plain, 0, both, sealed.length, plain.length);
            return both;
        }

        @Override
        public Optional<byte[]> open(byte[] key, byte[] about, byte[] sealed) {
            int length = hidden == 0 ? sealed.length : KeySource.KEY_LENGTH;
            return Optional.of(
                    java.util.Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
        }
    }

    /// As little of a store as the test needs.
    private static final class OneRow implements SecretStore, SecretTables {
        private Optional<MasterRow> master = Optional.empty();
        private final List<KeyRow> keys = new ArrayList<>();
        private final List<VersionRow> rows = new ArrayList<>();
        private final List<GivenRow> given = new ArrayList<>();
        private byte[] sealed = new byte[0];

        @Override
        public <T> T read(Function<SecretTables, T> work) {
            return work.apply(this);
        }

        @Override
        public <T> T write(Function<SecretTables, T> work) {
            return work.apply(this);
        }

        @Override
        public Optional<MasterRow> master() {
            return master;
        }

        @Override
        public void putMaster(MasterRow row) {
            master = Optional.of(row);
        }

        @Override
        public List<KeyRow> keys() {
            return keys;
        }

        @Override
        public Optional<KeyRow> key(String space) {
            return keys.stream().filter(key -> key.space().equals(space)).findFirst();
        }

        @Override
        public void putKey(KeyRow row) {
            keys.add(row);
        }

        @Override
        public List<VersionRow> versions(String space) {
            return rows;
        }

        @Override
        public List<VersionRow> versions(String space, String name) {
            return rows;
        }

        @Override
        public List<MarkedRow> marked(String space) {
            return rows.stream().map(row -> new MarkedRow(row, sealed)).toList();
        }

        @Override
        public Optional<byte[]> sealed(String space, String name, long version) {
            return Optional.of(sealed);
        }

        @Override
        public void put(VersionRow row, byte[] bytes) {
            rows.add(row);
            sealed = bytes;
        }

        @Override
        public void remove(VersionRow row) {
            rows.remove(row);
        }

        @Override
        public boolean begun() {
            return true;
        }

        @Override
        public Optional<GivenRow> given(String run) {
            return given().stream().filter(row -> row.run().equals(run)).findFirst();
        }

        @Override
        public List<GivenRow> given() {
            return given;
        }

        @Override
        public void putGiven(GivenRow row) {
            given.add(row);
        }

        @Override
        public void removeGiven(String run) {
            given.removeIf(row -> row.run().equals(run));
        }

        @Override
        public byte[] raw(VersionRow row) {
            var text = row.toString().getBytes(UTF_8);
            byte[] all = java.util.Arrays.copyOf(text, text.length + sealed.length);
            System.arraycopy(sealed, 0, all, text.length, sealed.length);
            return all;
        }
    }
}
