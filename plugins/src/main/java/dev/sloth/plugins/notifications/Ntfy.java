package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.plugins.value.Deed;
import java.io.IOException;
import java.util.List;

/// ntfy: messages to telephones.
final class Ntfy implements Service {
    /// Bytes of one message; longer ones become attached files.
    static final int MESSAGE_MAX = 4_096;

    private static final int TITLE_MAX = 250;
    private static final List<String> PRIORITIES = List.of("min", "low", "default", "high", "max");

    @Override
    public String name() {
        return "ntfy";
    }

    @Override
    public String doc() {
        return "Messages to telephones, by ntfy.";
    }

    @Override
    public List<Parameter> options() {
        return Service.overHttp(
                Service.needed("topic", "Whoever follows this gets the message."),
                Service.needed("message", "The message."),
                Service.text("server", "The server; https://ntfy.sh if nil."),
                Service.text("title", "A title above it."),
                Service.text("priority", "1 to 5, or min, low, default, high or max."),
                Parameter.optional(
                        "tags", Type.STRING_OR_TABLE, "A tag or a list, such as warning."),
                Service.text("click", "What opens when it is touched."),
                Service.text("token", "What the server knows us by, a secret."));
    }

    @Override
    public String example() {
        return "{topic = \"shop\", message = \"deployed\", priority = \"high\"}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        var cut = new Cut();
        var message =
                new DataTable()
                        .with("topic", fields.text("topic"))
                        .with("message", cut.bytes(fields.text("message"), MESSAGE_MAX))
                        .with("priority", priority(fields.text("priority", "default")));
        if (fields.given("title")) {
            message.with("title", cut.bytes(fields.text("title"), TITLE_MAX));
        }
        if (fields.given("tags")) {
            message.with(
                    "tags", DataTable.list(fields.texts("tags").stream().map(Text::of).toList()));
        }
        if (fields.given("click")) {
            message.with("click", fields.text("click"));
        }
        var url = Delivery.url(fields.text("server", "https://ntfy.sh"), "server");
        var token = fields.line("token", "");
        // Whoever knows the topic can read along.
        var secrets = List.of(token, fields.text("topic"));
        var delivery = new Delivery("ntfy", url, Delivery.json(message, fields), fields, secrets);
        delivery.header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            delivery.header("Authorization", "Bearer " + token);
        }
        return Sent.deed("ntfy", delivery.send(host), cut);
    }

    private static int priority(String given) {
        int named = PRIORITIES.indexOf(given) + 1;
        if (named > 0) {
            return named;
        }
        if (given.matches("[1-5]")) {
            return Integer.parseInt(given);
        }
        throw new CallFailure("priority is 1 to 5, or " + String.join(", ", PRIORITIES));
    }
}
