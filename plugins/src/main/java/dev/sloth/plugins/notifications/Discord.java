package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Discord, by the address of a webhook.
final class Discord implements Service {
    /// Letters of one message.
    static final int CONTENT_MAX = 2_000;

    private static final int TITLE_MAX = 256;
    private static final int DESCRIPTION_MAX = 4_096;
    private static final int FIELDS_MAX = 25;
    private static final int FIELD_MAX = 1_024;

    @Override
    public String name() {
        return "discord";
    }

    @Override
    public String doc() {
        return "Messages to Discord.";
    }

    @Override
    public List<Parameter> options() {
        return Service.overHttp(
                Service.needed("webhook_url", "The address of the webhook, a secret."),
                Service.text("message", "The message, in Markdown."),
                Service.text("content", "Another name of message."),
                Service.text("username", "Who it seems to be from."),
                Service.text("avatar_url", "The picture beside it."),
                Service.text("title", "The title of a box below the message."),
                Service.text("description", "What is in the box."),
                Service.text("color", "The colour of the box, #rrggbb."),
                Service.table("fields", "Short facts by name, in the box; at most 25."),
                Service.table("embeds", "Discord's own boxes, in place of that one."),
                Parameter.optional(
                        "mentions",
                        Type.BOOLEAN,
                        "Whether names such as @everyone in it call people; false if nil."));
    }

    @Override
    public String example() {
        return "{webhook_url = values.discord, message = \"deployed\"}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        var cut = new Cut();
        var url = Delivery.secretUrl(fields, "webhook_url");
        // What may be empty in it, such as whom it may call, are lists.
        var body = Delivery.jsonEmptyAsList(payload(fields, cut), fields);
        var delivery =
                new Delivery("Discord", url, body, fields, List.of(fields.text("webhook_url")))
                        .header("Content-Type", "application/json");
        return Sent.deed("Discord", delivery.send(host), cut);
    }

    private static DataTable payload(Fields fields, Cut cut) {
        var payload = new DataTable();
        var message = fields.text("message", fields.text("content"));
        if (!message.isBlank()) {
            payload.with("content", cut.letters(message, CONTENT_MAX));
        }
        for (var name : new String[] {"username", "avatar_url"}) {
            if (fields.given(name)) {
                payload.with(name, fields.text(name));
            }
        }
        if (!fields.flag("mentions")) {
            payload.with(
                    "allowed_mentions", new DataTable().with("parse", DataTable.list(List.of())));
        }
        var box = box(fields, cut);
        if (fields.given("embeds")) {
            payload.with("embeds", fields.tableAt("embeds"));
        } else if (!box.entries().isEmpty()) {
            payload.with("embeds", DataTable.list(List.of(box)));
        } else if (message.isBlank()) {
            throw new CallFailure("field 'message' is missing");
        }
        return payload;
    }

    private static DataTable box(Fields fields, Cut cut) {
        var box = new DataTable();
        if (fields.given("title")) {
            box.with("title", cut.letters(fields.text("title"), TITLE_MAX));
        }
        if (fields.given("description")) {
            box.with("description", cut.letters(fields.text("description"), DESCRIPTION_MAX));
        }
        if (fields.given("color")) {
            box.with("color", color(fields.text("color")));
        }
        if (fields.given("fields")) {
            var facts = new ArrayList<Value>();
            Lists.textFields(fields.tableAt("fields"), "fields", fields.allowance())
                    .forEach((name, value) ->
                            facts.add(
                                    new DataTable()
                                            .with("name", cut.letters(name, TITLE_MAX))
                                            .with("value", cut.letters(value, FIELD_MAX))
                                            .with("inline", true)));
            if (facts.size() > FIELDS_MAX) {
                throw new CallFailure("fields holds more than " + FIELDS_MAX + " facts");
            }
            box.with("fields", DataTable.list(facts));
        }
        return box;
    }

    private static int color(String text) {
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            throw new CallFailure("color is written #rrggbb");
        }
        return Integer.parseInt(text.substring(1), 16);
    }
}
