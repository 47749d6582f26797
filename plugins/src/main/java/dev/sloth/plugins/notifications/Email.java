package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.fs.FileContent;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.GivenPath;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Mail, by an SMTP server. What it takes is read here; [Mailer] sends it.
final class Email implements Service {
    /// Addresses of one mail.
    static final int RECIPIENTS_MAX = 100;

    /// Files of one mail.
    static final int ATTACHMENTS_MAX = 50;

    /// Bytes of all files together.
    static final long ATTACHED_MAX = 25L << 20;

    /// Letters of the text, and of the HTML.
    static final int BODY_MAX = 8 << 20;

    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);
    private static final int PORT_MAX = 65_535;

    /// How the way to the server is kept secret.
    enum Security {
        STARTTLS(587),
        TLS(465),
        NONE(25);

        final int port;

        Security(int port) {
            this.port = port;
        }
    }

    /// The server, and what it knows us by.
    ///
    /// @param authority the certificate that vouches for the server; the system's if empty
    record Server(
            String host,
            int port,
            Security security,
            String user,
            String password,
            Optional<Path> authority,
            Duration timeout) {
        /// Never the password.
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// A mail.
    record Mail(
            String from,
            Map<String, List<String>> recipients,
            String replyTo,
            String subject,
            String text,
            String html,
            List<Attached> attached) {}

    /// A file of a mail.
    record Attached(String name, String type, byte[] content) {}

    @Override
    public String name() {
        return "email";
    }

    @Override
    public String doc() {
        return "Mail by an SMTP server, secured by TLS and under the server's right name unless"
                + " said otherwise.";
    }

    @Override
    public List<Parameter> options() {
        return List.of(
                Service.needed("host", "The SMTP server."),
                Parameter.optional(
                        "port", Type.INTEGER, "587 if nil; 465 with tls and 25 with none."),
                Service.text(
                        "security",
                        "starttls, the usual, tls from the first byte, or none, which sends"
                                + " passwords only within this machine."),
                Service.text("user", "Who the server knows us as."),
                Service.text("password", "The password, a secret."),
                Service.text("ca_file", "A certificate (PEM) that vouches for the server."),
                Service.needed("from", "Who it is from: an address, or Name <address>."),
                Parameter.optional(
                        "to", Type.STRING_OR_TABLE, "Who it is for: an address or a list."),
                Parameter.optional("cc", Type.STRING_OR_TABLE, "Who gets a copy."),
                Parameter.optional("bcc", Type.STRING_OR_TABLE, "Who gets one unseen."),
                Service.text("reply_to", "Where answers go."),
                Service.needed("subject", "The subject."),
                Service.text("body", "The text."),
                Service.text("message", "Another name of body."),
                Service.text("html", "The same as HTML."),
                Service.table(
                        "attachments",
                        "A list of paths, or of tables with path, or name and content, and type."),
                Parameter.optional(
                        "timeout",
                        Type.DURATION,
                        "How long the server may take for each answer; 30 seconds if nil."));
    }

    @Override
    public String example() {
        return "{host = \"mail.example.org\", from = \"ci@example.org\", to = \"me@example.org\","
                + " subject = \"deployed\", body = \"All is well.\"}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        var server = server(host, fields);
        var mail = mail(host, fields);
        var time = host.time().instant();
        var id = host.blocking(() -> Mailer.send(server, mail, time));
        return Deed.changed("sent to " + server).with("id", id).with("attempts", 1);
    }

    private static Server server(Host host, Fields fields) {
        var given = fields.text("security", "starttls").toUpperCase(Locale.ROOT);
        var security =
                switch (given) {
                    case "STARTTLS" -> Security.STARTTLS;
                    case "TLS", "SSL", "SMTPS" -> Security.TLS;
                    case "NONE" -> Security.NONE;
                    default -> throw new CallFailure("security is starttls, tls or none");
                };
        long port = fields.integer("port", security.port);
        if (port < 1 || port > PORT_MAX) {
            throw new CallFailure("port is a number from 1 to " + PORT_MAX);
        }
        var name = fields.line("host", "");
        var password = fields.text("password");
        boolean here = List.of("localhost", "127.0.0.1", "::1").contains(name);
        if (security == Security.NONE && !password.isEmpty() && !here) {
            throw new CallFailure("a password is not sent in the clear: use starttls or tls");
        }
        return new Server(
                name,
                (int) port,
                security,
                fields.text("user"),
                password,
                fields.given("ca_file")
                        ? Optional.of(GivenPath.of(host, fields.text("ca_file"), "ca_file"))
                        : Optional.empty(),
                fields.duration("timeout", TIMEOUT_DEFAULT));
    }

    private static Mail mail(Host host, Fields fields) throws IOException, InterruptedException {
        var recipients =
                Map.of(
                        "To",
                        fields.texts("to"),
                        "Cc",
                        fields.texts("cc"),
                        "Bcc",
                        fields.texts("bcc"));
        int count = recipients.values().stream().mapToInt(List::size).sum();
        if (count < 1 || count > RECIPIENTS_MAX) {
            throw new CallFailure("to, cc and bcc hold from 1 to " + RECIPIENTS_MAX + " addresses");
        }
        recipients.forEach((kind, all) -> all.forEach(one -> Fields.oneLine(one, kind)));
        var text = fields.text("body", fields.text("message"));
        var html = fields.text("html");
        if (text.isEmpty() && html.isEmpty()) {
            throw new CallFailure("field 'body' is missing");
        }
        if (text.length() > BODY_MAX || html.length() > BODY_MAX) {
            throw new CallFailure("body and html have at most " + BODY_MAX + " letters");
        }
        return new Mail(
                fields.line("from", ""),
                recipients,
                fields.line("reply_to", ""),
                fields.line("subject", ""),
                text,
                html,
                fields.given("attachments")
                        ? attached(
                                host,
                                Lists.items(fields.tableAt("attachments")),
                                fields.allowance())
                        : List.of());
    }

    private static List<Attached> attached(Host host, List<Value> given, Allowance allowance)
            throws IOException, InterruptedException {
        if (given.size() > ATTACHMENTS_MAX) {
            throw new CallFailure("attachments holds more than " + ATTACHMENTS_MAX + " files");
        }
        var all = new ArrayList<Attached>();
        long bytes = 0;
        for (var each : given) {
            var one = attached(host, each, allowance);
            bytes += one.content().length;
            if (bytes > ATTACHED_MAX) {
                throw new CallFailure("attachments have more than " + ATTACHED_MAX + " bytes");
            }
            all.add(one);
        }
        return all;
    }

    private static Attached attached(Host host, Value given, Allowance allowance)
            throws IOException, InterruptedException {
        if (!(given instanceof Value.Table table)) {
            return file(host, Lists.text(given, "attachments"), "", "", allowance);
        }
        var fields = new Fields(table, allowance);
        var name = fields.line("name", "");
        var type = fields.line("type", "");
        if (fields.given("path")) {
            return file(host, fields.text("path"), name, type, allowance);
        }
        if (!(table.at("content") instanceof Text content) || name.isEmpty()) {
            throw new CallFailure("an attachment has a path, or a name and content");
        }
        return new Attached(name, type(type), content.bytes());
    }

    private static Attached file(
            Host host, String given, String name, String type, Allowance allowance)
            throws IOException, InterruptedException {
        if (!host.granted().contains(Permission.FS)) {
            throw new CallFailure("fs is not permitted in this script (attachments need it)");
        }
        var path = GivenPath.of(host, given, "an attachment");
        var content = host.blocking(() -> FileContent.read(path, allowance));
        var own = Fields.oneLine(String.valueOf(path.getFileName()), "the name of an attachment");
        return new Attached(name.isEmpty() ? own : name, type(type), content);
    }

    private static String type(String given) {
        if (given.isEmpty()) {
            return "application/octet-stream";
        }
        if (!given.matches("[\\w.+-]+/[\\w.+-]+")) {
            throw new CallFailure("type is such as text/plain");
        }
        return given;
    }
}
