package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Microsoft Teams, by the address of a workflow or of an incoming webhook: an adaptive card.
final class Teams implements Service {
    /// Bytes of the message; Teams takes 28 kB with what is around it.
    static final int MESSAGE_MAX = 20_000;

    private static final int TITLE_MAX = 1_000;
    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    /// How the answer of the old webhooks begins when they failed with status 200.
    private static final String FAILED = "Webhook message delivery failed";

    @Override
    public String name() {
        return "teams";
    }

    @Override
    public String doc() {
        return "Messages to Microsoft Teams.";
    }

    @Override
    public List<Parameter> options() {
        return Service.overHttp(
                Service.needed("webhook_url", "The address of the workflow, a secret."),
                Service.needed("message", "The message, in Markdown."),
                Service.text("title", "A title above it."),
                Service.table("fields", "Short facts by name, below it."));
    }

    @Override
    public String example() {
        return "{webhook_url = values.teams, title = \"Shop\", message = \"deployed\"}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        var cut = new Cut();
        var url = Delivery.secretUrl(fields, "webhook_url");
        var body = Delivery.json(payload(fields, cut), fields);
        var taken =
                new Delivery("Teams", url, body, fields, List.of(fields.text("webhook_url")))
                        .header("Content-Type", "application/json")
                        .send(host);
        if (taken.text().startsWith(FAILED)) {
            throw new IOException("Teams refused the message although it answered well");
        }
        return Sent.deed("Teams", taken, cut);
    }

    private static DataTable payload(Fields fields, Cut cut) {
        var body = new ArrayList<Value>();
        if (fields.given("title")) {
            body.add(
                    block(cut.letters(fields.text("title"), TITLE_MAX))
                            .with("size", "Large")
                            .with("weight", "Bolder"));
        }
        body.add(block(cut.bytes(fields.text("message"), MESSAGE_MAX)));
        if (fields.given("fields")) {
            var facts = new ArrayList<Value>();
            Lists.textFields(fields.tableAt("fields"), "fields", fields.allowance())
                    .forEach((name, value) ->
                            facts.add(
                                    new DataTable()
                                            .with("title", name)
                                            .with("value", cut.letters(value, TITLE_MAX))));
            body.add(new DataTable().with("type", "FactSet").with("facts", DataTable.list(facts)));
        }
        var card =
                new DataTable()
                        .with("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                        .with("type", "AdaptiveCard")
                        .with("version", "1.4")
                        .with("body", DataTable.list(body));
        var attached = new DataTable().with("contentType", CARD).with("content", card);
        return new DataTable()
                .with("type", "message")
                .with("attachments", DataTable.list(List.of(attached)));
    }

    private static DataTable block(String text) {
        return new DataTable().with("type", "TextBlock").with("text", text).with("wrap", true);
    }
}
