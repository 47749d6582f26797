package dev.sloth.plugins.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against data keys that the real `age` has encrypted for identities of the real `age-keygen`.
class SopsBackendTest {
    private static final String VALUE = "s3cret-Value-4711";

    @TempDir private Path folder;
    private String recipient = "";

    @BeforeEach
    void identity() throws Exception {
        recipient = SopsFixture.identity(folder, "age.txt");
    }

    private SopsBackend backend() {
        return new SopsBackend(folder, folder, Map.of("SOPS_AGE_KEY_FILE", "age.txt"));
    }

    private String read(String place) {
        return new String(backend().read(place).bytes(), StandardCharsets.UTF_8);
    }

    private static void refused(SopsBackend backend, String place, String... words) {
        var problems = catchThrowableOfType(Problems.class, () -> backend.read(place));
        assertThat(problems).as(place).isNotNull();
        var problem = problems.list().getFirst();
        assertThat(problem.code()).isEqualTo("SLOTH-4511");
        assertThat(problem.remedy()).isNotBlank();
        assertThat(problem.message()).contains(words).doesNotContain(VALUE);
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private String yaml() throws Exception {
        var f = new SopsFixture(folder, recipient);
        return """
        # what it is for
        token: %s
        db:
            password: %s
            port: %s
            ratio: %s
            tls: %s
            note_unencrypted: %s
            empty: ""
            nothing: null
        hosts:
            - name: %s
            - name: %s
        lines: %s
        """
                        .formatted(
                                f.value("token:", "str", VALUE),
                                f.value("db:password:", "str", "p\u00e4ss"),
                                f.value("db:port:", "int", "5432"),
                                f.value("db:ratio:", "float", "0.25"),
                                f.value("db:tls:", "bool", "True"),
                                f.plain("seen by all"),
                                f.value("hosts:name:", "str", "one"),
                                f.value("hosts:name:", "str", "two"),
                                f.value("lines:", "str", "a\nb\n"))
                + f.yamlAbout(recipient, "    unencrypted_suffix: _unencrypted\n");
    }

    @Test
    void values_of_a_yaml_file_are_read() throws Exception {
        write("app.yaml", yaml());
        assertThat(read("app.yaml#token")).isEqualTo(VALUE);
        assertThat(read("app.yaml#db.password")).isEqualTo("p\u00e4ss");
        assertThat(read("app.yaml#db.port")).isEqualTo("5432");
        assertThat(read("app.yaml#db.tls")).isEqualTo("True");
        assertThat(read("app.yaml#db.note_unencrypted")).isEqualTo("seen by all");
        assertThat(read("app.yaml#hosts.2.name")).isEqualTo("two");
        assertThat(read("app.yaml#lines")).isEqualTo("a\nb\n");
        for (var place : List.of("db", "db.empty", "db.nothing", "other", "hosts.3.name")) {
            refused(backend(), "app.yaml#" + place, "no value at");
        }
    }

    @Test
    void so_are_those_of_json_and_dotenv_files() throws Exception {
        var f = new SopsFixture(folder, recipient);
        var values =
                "\"a\": \"%s\", \"n\": %s, \"b\": %s"
                        .formatted(
                                f.value("a:", "str", VALUE),
                                "\"" + f.value("n:", "int", "7") + "\"",
                                "\"" + f.value("b:", "bool", "False") + "\"");
        write(
                "app.json",
                """
                {%s, "sops": {"age": [{"recipient": "%s", "enc": "%s"}],
                 "lastmodified": "%s", "mac": "%s", "version": "3.9.4",
                 "unencrypted_suffix": "_unencrypted"}}
                """
                        .formatted(
                                values,
                                recipient,
                                f.armored.replace("\n", "\\n"),
                                SopsFixture.MODIFIED,
                                f.mac()));
        assertThat(read("app.json#a")).isEqualTo(VALUE);
        assertThat(read("app.json#n")).isEqualTo("7");
        var g = new SopsFixture(folder, recipient);
        write(
                "app.env",
                """
                A=%s
                B=%s
                sops_age__list_0__map_enc=%s
                sops_age__list_0__map_recipient=%s
                sops_lastmodified=%s
                sops_mac=%s
                sops_unencrypted_suffix=_unencrypted
                sops_version=3.9.4
                """
                        .formatted(
                                g.value("A:", "str", VALUE),
                                g.value("B:", "str", "two\nlines"),
                                g.armored.replace("\n", "\\n"),
                                recipient,
                                SopsFixture.MODIFIED,
                                g.mac()));
        assertThat(read("app.env#A")).isEqualTo(VALUE);
        assertThat(read("app.env#B")).isEqualTo("two\nlines");
    }

    @Test
    void the_code_may_count_encrypted_values_only_and_names_may_be_chosen_by_a_pattern()
            throws Exception {
        var f = new SopsFixture(folder, recipient);
        f.countFirst(
                MessageDigest.getInstance("SHA-256")
                        .digest("sops".getBytes(StandardCharsets.UTF_8)));
        write(
                "app.yaml",
                "seen: 12\nsecret_a: %s\n".formatted(f.value("secret_a:", "str", VALUE))
                        + f.yamlAbout(
                                recipient,
                                "    encrypted_regex: ^secret_\n    mac_only_encrypted: true\n"));
        assertThat(read("app.yaml#secret_a")).isEqualTo(VALUE);
        assertThat(read("app.yaml#seen")).isEqualTo("12");
    }

    @Test
    void a_file_with_identities_that_cannot_be_read_is_told_in_words() throws Exception {
        write("app.yaml", yaml());
        refused(
                new SopsBackend(folder, folder, Map.of("SOPS_AGE_KEY_FILE", "/none/keys.txt")),
                "app.yaml#token",
                "cannot be read: /none/keys.txt: no such file or directory");
        Files.createDirectory(folder.resolve("dir.yaml"));
        assertThatThrownBy(() -> backend().read("dir.yaml#token"))
                .hasMessageContaining("dir.yaml cannot be read")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void any_of_several_identities_opens_it_and_others_do_not() throws Exception {
        write("app.yaml", yaml());
        SopsFixture.identity(folder, "other.txt");
        refused(
                new SopsBackend(folder, folder, Map.of("SOPS_AGE_KEY_FILE", "other.txt")),
                "app.yaml#token",
                "none of the age identities");
        var both =
                Files.readString(folder.resolve("other.txt"))
                        + Files.readString(folder.resolve("age.txt"));
        var backend = new SopsBackend(folder, folder, Map.of("SOPS_AGE_KEY", both));
        assertThat(new String(backend.read("app.yaml#token").bytes(), StandardCharsets.UTF_8))
                .isEqualTo(VALUE);
    }

    @Test
    void what_is_not_read_here_is_refused_in_plain_words() throws Exception {
        var text = yaml();
        write(
                "pgp.yaml",
                text.replaceAll(
                        "(?s)    age:.*    lastmod", "    pgp:\n        - fp: A\n    lastmod"));
        refused(backend(), "pgp.yaml#token", "keys of another kind (pgp)");
        write("shamir.yaml", text.replace("    mac: ", "    shamir_threshold: 2\n    mac: "));
        refused(backend(), "shamir.yaml#token", "split into shares");
        write("plain.yaml", "token: x\n");
        refused(backend(), "plain.yaml#token", "not encrypted by sops");
        write("bad.yaml", "a: [\n");
        refused(backend(), "bad.yaml#token", "no document");
        refused(backend(), "nothing.yaml#token", "is not there");
        refused(backend(), "app.yaml", "is no place");
        write("app.yaml", text);
        for (var key : List.of("AGE-SECRET-KEY-PQ-1ABC", "AGE-PLUGIN-YUBIKEY-1ABC", "x")) {
            refused(
                    new SopsBackend(folder, folder, Map.of("SOPS_AGE_KEY", key)),
                    "app.yaml#token",
                    "of a kind that is not known here");
        }
        refused(
                new SopsBackend(folder, folder, Map.of("SOPS_AGE_KEY", "AGE-SECRET-KEY-1ABC")),
                "app.yaml#token",
                "sops: an age identity is damaged");
        refused(
                new SopsBackend(folder, folder, Map.of("HOME", folder.toString())),
                "app.yaml#token",
                "without an age identity, and there is none");
    }

    @Test
    void never_does_a_changed_byte_of_a_file_give_another_value() throws Exception {
        var text = yaml();
        int refusals = 0;
        for (int at = 0; at < text.length(); at += 7) {
            char c = text.charAt(at);
            var changed = text.substring(0, at) + (c == 'A' ? 'B' : 'A') + text.substring(at + 1);
            write("app.yaml", changed);
            try {
                assertThat(read("app.yaml#token")).as("byte %d", at).isEqualTo(VALUE);
            } catch (Problems e) {
                refusals++;
                assertThat(e.list().getFirst().code()).isEqualTo("SLOTH-4511");
                assertThat(e.getMessage()).doesNotContain(VALUE);
            }
        }
        assertThat(refusals).isGreaterThan(100);
    }

    @Test
    void values_that_have_changed_places_are_not_read() throws Exception {
        var text = yaml();
        var lines = text.lines().toList();
        var one = lines.stream().filter(l -> l.startsWith("token: ")).findFirst().orElseThrow();
        var other = lines.stream().filter(l -> l.startsWith("lines: ")).findFirst().orElseThrow();
        write(
                "app.yaml",
                text.replace(one, "token: " + other.substring(7))
                        .replace(other + "\n", "lines: " + one.substring(7) + "\n"));
        refused(backend(), "app.yaml#token", "cannot be decrypted");
        write("app.yaml", text.replace(other + "\n", ""));
        refused(backend(), "app.yaml#token", "that sops has signed");
    }
}
