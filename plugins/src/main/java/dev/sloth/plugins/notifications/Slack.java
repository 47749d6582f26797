package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Slack: by the address of an incoming webhook, or by a bot's token.
final class Slack implements Service {
    /// Letters of one message.
    static final int TEXT_MAX = 40_000;

    /// Letters of what is attached to it.
    static final int ATTACHED_MAX = 3_000;

    private static final String API = "https://slack.com/api";

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public String doc() {
        return "Messages to Slack.";
    }

    @Override
    public List<Parameter> options() {
        return Service.overHttp(
                Service.text("webhook_url", "The address of an incoming webhook, a secret."),
                Service.text("token", "In its place a bot's token; needs channel."),
                Service.text("message", "The message, in Slack's markup."),
                Service.text("text", "Another name of message."),
                Service.text("channel", "The channel, with a token."),
                Service.text("thread_ts", "The message to answer to."),
                Service.text("username", "Who it seems to be from."),
                Service.text("icon_emoji", "Such as :sloth:."),
                Service.text("title", "A title below the message."),
                Service.text("color", "The colour beside it: good, warning, danger or #rrggbb."),
                Service.table("fields", "Short facts by name."),
                Service.text("pipeline", "The name of a pipeline, shown as a fact."),
                Service.text("error_details", "What went wrong, shown as code."),
                Service.table("blocks", "Slack's own blocks, at most 50."),
                Service.text("api_url", "Another server than Slack's own, with a token."));
    }

    @Override
    public String example() {
        return "{webhook_url = values.slack, message = \"deployed\", color = \"good\"}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        boolean token = fields.given("token");
        if (token == fields.given("webhook_url")) {
            throw new CallFailure("give webhook_url, or token and channel");
        }
        var cut = new Cut();
        var payload = payload(fields, cut);
        var secret = fields.line(token ? "token" : "webhook_url", "");
        var url =
                token
                        ? Delivery.url(fields.text("api_url", API) + "/chat.postMessage", "api_url")
                        : Delivery.secretUrl(fields, "webhook_url");
        var delivery =
                new Delivery("Slack", url, Delivery.json(payload, fields), fields, List.of(secret))
                        .header("Content-Type", "application/json; charset=utf-8");
        if (token) {
            var _ = fields.needed("channel");
            delivery.header("Authorization", "Bearer " + secret);
        }
        var taken = delivery.send(host);
        var deed = Sent.deed("Slack", taken, cut);
        return token ? accepted(delivery, taken, deed, fields) : deed;
    }

    /// With a token Slack says in the answer whether it took the message, whatever the status.
    private static Deed accepted(Delivery delivery, Delivery.Taken taken, Deed deed, Fields fields)
            throws IOException {
        if (!(Json.parse(taken.answer().body(), DocumentBounds.STANDARD.paidBy(fields.allowance()))
                        instanceof Parsed.Good(var json))
                || !(json instanceof Value.Table answer)) {
            throw new IOException("Slack gave no answer that can be read");
        }
        if (!answer.at("ok").truthy()) {
            var error = answer.at("error");
            throw new IOException(
                    "Slack refused the message: "
                            + (error instanceof Text said
                                    ? delivery.hidden(said.toString())
                                    : "no reason given"));
        }
        return deed.with("id", answer.at("ts"));
    }

    private static DataTable payload(Fields fields, Cut cut) {
        var message = fields.text("message", fields.text("text"));
        if (message.isBlank() && !fields.given("blocks")) {
            throw new CallFailure("field 'message' is missing");
        }
        var payload = new DataTable().with("text", cut.letters(message, TEXT_MAX));
        for (var name : new String[] {"channel", "thread_ts", "username", "icon_emoji"}) {
            if (fields.given(name)) {
                payload.with(name, fields.text(name));
            }
        }
        if (fields.given("blocks")) {
            payload.with("blocks", fields.tableAt("blocks"));
        }
        var attached = attached(fields, cut);
        if (!attached.entries().isEmpty()) {
            payload.with("attachments", DataTable.list(List.of(attached)));
        }
        return payload;
    }

    private static DataTable attached(Fields fields, Cut cut) {
        var attached = new DataTable();
        if (fields.given("color")) {
            attached.with("color", fields.text("color"));
        }
        if (fields.given("title")) {
            attached.with("title", cut.letters(fields.text("title"), ATTACHED_MAX));
        }
        if (fields.given("error_details")) {
            var details = cut.letters(fields.text("error_details"), ATTACHED_MAX);
            attached.with("text", "```" + details.replace("```", "'''") + "```");
        }
        var facts = new ArrayList<Value>();
        if (fields.given("pipeline")) {
            facts.add(fact("Pipeline", fields.text("pipeline")));
        }
        if (fields.given("fields")) {
            Lists.textFields(fields.tableAt("fields"), "fields", fields.allowance())
                    .forEach((name, value) ->
                            facts.add(fact(name, cut.letters(value, ATTACHED_MAX))));
        }
        return facts.isEmpty() ? attached : attached.with("fields", DataTable.list(facts));
    }

    private static DataTable fact(String name, String value) {
        return new DataTable().with("title", name).with("value", value).with("short", true);
    }
}
