package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens, addresses, requests and files, as they are written and read.
class WordsTest {
    private final SecureRandom random = new SecureRandom();
    @TempDir private Path folder;

    @Test
    void a_token_is_read_as_it_was_written() {
        var token = JoinToken.make(random, Keys.sha256(new byte[] {1}));
        var read = JoinToken.of(token.reveal() + "\n");
        assertThat(read.id()).isEqualTo(token.id());
        assertThat(read.secret()).isEqualTo(token.secret()).hasSize(32);
        assertThat(read.pin()).isEqualTo(token.pin());
    }

    @Test
    void a_token_does_not_show_its_secret_by_accident() {
        var token = JoinToken.make(random, Keys.sha256(new byte[] {1}));
        assertThat(token.toString()).contains(token.id()).doesNotContain(token.reveal());
        assertThat("x%sx".formatted(token)).hasSizeLessThan(30);
    }

    @Test
    void what_is_no_token_is_refused_whatever_it_is() {
        var token = JoinToken.make(random, Keys.sha256(new byte[] {1})).reveal();
        for (var text :
                new String[] {
                    "", "slj_", token.substring(1), token + "0", token.replace('.', ',')
                }) {
            assertThatThrownBy(() -> JoinToken.of(text))
                    .isInstanceOf(Problems.class)
                    .hasMessageContaining("SLOTH-4703");
        }
    }

    @Test
    void an_address_has_a_port_whether_it_says_one_or_not() {
        assertThat(MasterAddress.of("a.example").toString()).isEqualTo("a.example:50053");
        assertThat(MasterAddress.of("10.0.0.1:7").port()).isEqualTo(7);
        assertThat(MasterAddress.of("[::1]:7").host()).isEqualTo("[::1]");
        for (var text : new String[] {"", "a:", "a:0", "a:65536", "http://a", "a b", "a:x"}) {
            assertThatThrownBy(() -> MasterAddress.of(text))
                    .isInstanceOf(Problems.class)
                    .hasMessageContaining("SLOTH-4715");
        }
    }

    @Test
    void a_clock_that_is_off_is_told_in_units_that_people_use() {
        assertThat(new ClockOffset(Duration.ofHours(1)).toString()).isEqualTo("1 h 0 min ahead");
        assertThat(new ClockOffset(Duration.ofSeconds(-61)).toString())
                .isEqualTo("1 min 1 s behind");
        assertThat(new ClockOffset(Duration.ofHours(2).minusMillis(40)).toString())
                .isEqualTo("2 h 0 min ahead");
        assertThat(new ClockOffset(Duration.ofHours(51)).toString()).isEqualTo("2 d 3 h ahead");
        assertThat(new ClockOffset(Duration.ofHours(-1)).problem("agent 'a'").message())
                .startsWith("the clock of agent 'a' is 1 h 0 min behind the master's;");
        assertThat(new ClockOffset(Duration.ofSeconds(90)).problem("this machine").message())
                .startsWith("the clock of this machine is 1 min 30 s ahead of the master's;");
    }

    @Test
    void a_request_gives_the_key_that_signed_it_and_no_other() {
        var pair = Keys.make(random);
        var request = SigningRequest.make(pair);
        assertThat(SigningRequest.key(request)).isEqualTo(pair.getPublic());
        for (int i = 0; i < request.length; i++) {
            var changed = request.clone();
            changed[i] ^= 1;
            int at = i;
            assertThatThrownBy(() -> SigningRequest.key(changed))
                    .as("byte %d", at)
                    .isInstanceOf(Problems.class)
                    .hasMessageContaining("SLOTH-4716");
        }
    }

    @Test
    void a_key_is_kept_for_its_user_and_read_back() throws Exception {
        var pair = Keys.make(random);
        var file = new CredentialsFile(folder.resolve("new").resolve("a.key"));
        assertThat(file.pair()).isEmpty();
        file.write(pair);
        assertThat(file.pair().orElseThrow().getPrivate()).isEqualTo(pair.getPrivate());
        assertThat(file.pair().orElseThrow().getPublic()).isEqualTo(pair.getPublic());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_others_can_read_or_that_holds_something_else_is_refused() throws Exception {
        var file = new CredentialsFile(folder.resolve("a.pem"));
        file.write(Keys.make(random));
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(file::pair)
                .hasMessageContaining("SLOTH-4714")
                .hasMessageContaining("by others");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file.path(), "no key", StandardCharsets.UTF_8);
        assertThatThrownBy(file::pair).hasMessageContaining("holds no key");
        assertThatThrownBy(file::credentials).hasMessageContaining("holds no key");
    }
}
