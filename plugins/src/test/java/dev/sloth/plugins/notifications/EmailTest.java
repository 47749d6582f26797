package dev.sloth.plugins.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real SMTP server in this process.
class EmailTest {
    @TempDir private static Path keys;
    @TempDir private Path folder;
    private GreenMail server = new GreenMail();
    private Caller email = new Caller(NotificationsModules.all().get(5), new TestHost());

    /// The server knows these settings of the process only.
    @BeforeAll
    static void a_certificate_for_localhost() throws Exception {
        var store = keys.resolve("server.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "s",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "s",
                "-keystore",
                store,
                "-storepass",
                "changeit",
                "-file",
                keys.resolve("ca.pem").toString());
        System.setProperty("greenmail.tls.keystore.file", store);
        System.setProperty("greenmail.tls.keystore.password", "changeit");
    }

    @AfterAll
    static void forget() {
        System.clearProperty("greenmail.tls.keystore.file");
        System.clearProperty("greenmail.tls.keystore.password");
    }

    @BeforeEach
    void start() {
        server =
                new GreenMail(
                        new ServerSetup[] {
                            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
                        });
        server.start();
        email = new Caller(NotificationsModules.all().get(5), new TestHost(folder));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Map<String, Object> fields(Map<String, ?> more) {
        var fields = new HashMap<String, Object>();
        fields.put("host", "127.0.0.1");
        fields.put("port", server.getSmtp().getPort());
        fields.put("security", "none");
        fields.put("from", "Sloth <ci@example.org>");
        fields.put("to", "me@example.org");
        fields.put("subject", "deployed");
        fields.put("body", "All is well.\n");
        fields.putAll(more);
        return fields;
    }

    private void sent(Map<String, ?> more) {
        var results = email.all("send", fields(more));
        assertThat(results.getFirst()).as(results.toString()).isInstanceOf(DataTable.class);
    }

    private String refusal(Map<String, ?> more) {
        var results = email.all("send", fields(more));
        assertThat(results.getFirst()).isEqualTo(Value.Nil.NIL);
        return Caller.plain(results.get(1));
    }

    private MimeMessage mail() {
        assertThat(server.getReceivedMessages()).isNotEmpty();
        return server.getReceivedMessages()[0];
    }

    @Test
    void a_text_goes_to_all_and_bcc_is_not_shown() throws Exception {
        sent(
                Map.of(
                        "to",
                        List.of("a@example.org", "Bé <b@example.org>"),
                        "cc",
                        "c@example.org",
                        "bcc",
                        "secret@example.org",
                        "subject",
                        "Grüße, all"));
        assertThat(server.getReceivedMessages()).hasSize(4);
        assertThat(mail().getSubject()).isEqualTo("Grüße, all");
        assertThat(mail().getRecipients(Message.RecipientType.TO)).hasSize(2);
        assertThat(GreenMailUtil.getWholeMessage(mail())).doesNotContain("secret@example.org");
        assertThat(GreenMailUtil.getBody(mail())).contains("All is well.");
    }

    @Test
    void html_and_files_come_along() throws Exception {
        Files.writeString(folder.resolve("report.txt"), "fine");
        sent(
                Map.of(
                        "html",
                        "<b>well</b>",
                        "attachments",
                        List.of(
                                "report.txt",
                                Map.of("name", "x.csv", "content", "1,2", "type", "text/csv"))));
        var whole = GreenMailUtil.getWholeMessage(mail());
        assertThat(whole)
                .contains("multipart/alternative")
                .contains("text/html")
                .contains("<b>well</b>")
                .contains("filename=report.txt")
                .contains("text/csv")
                .contains("All is well.");
    }

    @Test
    void the_server_asks_who_we_are() {
        server.setUser("me@example.org", "joe", "s3cret");
        sent(Map.of("user", "joe", "password", "s3cret"));
        assertThat(refusal(Map.of("user", "joe", "password", "wr0ng")))
                .contains("did not take the mail")
                .doesNotContain("wr0ng");
    }

    @Test
    void a_password_is_not_sent_in_the_clear_to_others() {
        assertThatThrownBy(() ->
                        email.all(
                                "send",
                                fields(
                                        Map.of(
                                                "host",
                                                "mail.example.org",
                                                "user",
                                                "joe",
                                                "password",
                                                "s3cret"))))
                .hasMessageContaining("not sent in the clear")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void headers_cannot_be_smuggled_in() {
        for (var field : List.of("subject", "from", "to", "reply_to")) {
            assertThatThrownBy(() ->
                            email.all(
                                    "send",
                                    fields(Map.of(field, "a@example.org\r\nBcc: x@example.org"))))
                    .as(field)
                    .hasMessageContaining("one line");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void what_is_no_mail_is_refused() {
        assertThat(refusal(Map.of("to", "no address"))).contains("not an address: no address");
        assertThat(refusal(Map.of("attachments", List.of("none.txt")))).contains("no such file");
        assertThatThrownBy(() -> email.all("send", fields(Map.of("to", List.of()))))
                .hasMessageContaining("from 1 to 100");
        assertThatThrownBy(() -> email.all("send", fields(Map.of("security", "some"))))
                .hasMessageContaining("starttls, tls or none");
        assertThat(refusal(Map.of("port", 1))).contains("did not take the mail");
    }

    @Test
    void a_server_that_cannot_prove_its_name_gets_nothing() {
        var port = server.getSmtps().getPort();
        assertThat(refusal(Map.of("security", "tls", "port", port))).contains("did not take");
        assertThat(refusal(Map.of("security", "starttls"))).contains("did not take");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void one_that_can_gets_the_mail_under_tls() throws Exception {
        sent(
                Map.of(
                        "security",
                        "tls",
                        "port",
                        server.getSmtps().getPort(),
                        "host",
                        "localhost",
                        "ca_file",
                        keys.resolve("ca.pem").toString()));
        assertThat(mail().getSubject()).isEqualTo("deployed");
    }

    @Test
    void a_known_authority_does_not_vouch_for_another_name() {
        assertThat(
                        refusal(
                                Map.of(
                                        "security",
                                        "tls",
                                        "port",
                                        server.getSmtps().getPort(),
                                        "ca_file",
                                        keys.resolve("ca.pem").toString())))
                .contains("did not take");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private static void keytool(String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.addFirst(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        var process = new ProcessBuilder(all).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
