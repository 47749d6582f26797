package dev.sloth.master.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.Keys;
import dev.sloth.wire.KnownSignatures.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a master knows of signatures outlives it, and nobody else can add to it.
class SignatureFileTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant BEGIN = Instant.parse("2026-03-29T01:30:00Z");

    @TempDir private Path folder;
    private Instant now = BEGIN;

    private Path path() {
        return folder.resolve("signatures");
    }

    /// The authority of a master that has just started.
    private Authority started(String name) {
        return Authority.open(folder.resolve(name), Lives.DEFAULT, RANDOM, () -> now);
    }

    private Authority started() {
        return started("authority.pem");
    }

    private SignatureFile file(Authority authority) {
        return SignatureFile.open(path(), authority, () -> now);
    }

    private static List<String> known(Authority authority) {
        return authority.signatures().all().stream().map(SignatureFileTest::text).sorted().toList();
    }

    /// All of it.
    private static String text(Signature signature) {
        var hex = HexFormat.of();
        var holder = signature.holder();
        return String.join(
                " ",
                hex.formatHex(signature.fingerprint()),
                holder.identity().uri(),
                hex.formatHex(holder.keyHash()),
                holder.from().toString(),
                holder.until().toString());
    }

    private static void sign(Authority authority) {
        assertThat(authority.agent(Keys.make(RANDOM).getPublic(), "default", "a1")).hasSize(2);
    }

    /// Two agents that were written down one after the other.
    private List<String> two() {
        var authority = started();
        var file = file(authority);
        sign(authority);
        file.save();
        sign(authority);
        file.save();
        assertThat(known(authority)).hasSize(2);
        return known(authority);
    }

    private List<String> broughtBack() {
        var authority = started();
        var _ = file(authority);
        return known(authority);
    }

    @Test
    void what_was_signed_is_known_after_a_restart_and_after_another() {
        var before = two();
        assertThat(broughtBack()).isEqualTo(before);
        assertThat(broughtBack()).isEqualTo(before);
    }

    @Test
    void what_is_over_is_not_brought_back() {
        var before = two();
        now = BEGIN.plus(Duration.ofHours(23));
        assertThat(broughtBack()).isEqualTo(before);
        now = BEGIN.plus(Duration.ofHours(25));
        assertThat(broughtBack()).isEmpty();
    }

    @Test
    void the_file_is_for_nobody_else_to_read_or_write() throws IOException {
        var _ = two();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_batch_that_was_changed_is_not_believed_nor_what_follows_it() throws IOException {
        var before = two();
        var whole = Files.readAllBytes(path());
        // Where the first batch, which is empty, and the length of the second end.
        int first = 4 + 32 + 4;
        var changed = whole.clone();
        changed[first] ^= 1;
        var _ = Files.write(path(), changed);
        assertThat(broughtBack()).isEmpty();
        changed = whole.clone();
        changed[whole.length - 1] ^= 1;
        var _ = Files.write(path(), changed);
        assertThat(broughtBack()).hasSize(1).isSubsetOf(before);
    }

    @Test
    void of_a_file_that_was_cut_short_what_is_whole_is_believed() throws IOException {
        var before = two();
        var whole = Files.readAllBytes(path());
        for (int length : new int[] {whole.length - 1, whole.length - 70}) {
            try (var out = Files.newOutputStream(path(), StandardOpenOption.TRUNCATE_EXISTING)) {
                out.write(whole, 0, length);
            }
            assertThat(broughtBack()).hasSize(1).isSubsetOf(before);
        }
    }

    @Test
    void a_file_that_is_none_is_none() throws IOException {
        for (var bytes : List.of(new byte[3], new byte[1000], new byte[] {-1, -1, -1, -1, 0})) {
            var _ = Files.write(path(), bytes);
            assertThat(broughtBack()).isEmpty();
        }
        var _ = Files.write(path(), new byte[] {127, -1, -1, -1, 0});
        assertThat(broughtBack()).isEmpty();
    }

    @Test
    void another_authority_believes_nothing_of_it() {
        var _ = two();
        var other = started("other.pem");
        var _ = file(other);
        assertThat(known(other)).isEmpty();
    }
}
