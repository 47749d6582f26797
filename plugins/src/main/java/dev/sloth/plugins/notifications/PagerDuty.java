package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import dev.sloth.plugins.value.Deed;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// PagerDuty: events of its version 2.
final class PagerDuty implements Service {
    /// Letters of the summary.
    static final int SUMMARY_MAX = 1_024;

    /// Bytes of an event.
    static final int EVENT_MAX = 512 << 10;

    private static final int KEY_MAX = 255;
    private static final String API = "https://events.pagerduty.com";
    private static final String TRIGGER = "trigger";
    private static final Set<String> ACTIONS = Set.of(TRIGGER, "acknowledge", "resolve");
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public String doc() {
        return "Alarms to PagerDuty: raised, acknowledged and resolved.";
    }

    @Override
    public List<Parameter> options() {
        return Service.overHttp(
                Service.needed("routing_key", "The key of the integration, a secret."),
                Service.text("action", "trigger, the usual, acknowledge or resolve."),
                Service.text("summary", "What is wrong; needed to trigger."),
                Service.text("message", "Another name of summary."),
                Service.text("source", "What it is wrong with; sloth-runner if nil."),
                Service.text("severity", "critical, error (the usual), warning or info."),
                Service.text(
                        "dedup_key",
                        "What the alarm is called; needed to acknowledge and to resolve."),
                Service.text("component", "The part of the source."),
                Service.text("group", "What it belongs to."),
                Service.text("class", "The kind of event."),
                Service.table("details", "More, by name."),
                Service.text("client_url", "Where to read on."),
                Service.text(
                        "api_url", "Another server than PagerDuty's own, such as its EU one."));
    }

    @Override
    public String example() {
        return "{routing_key = values.pager, summary = \"shop is down\", dedup_key = \"shop\"}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        var cut = new Cut();
        var key = fields.needed("routing_key");
        var url = Delivery.url(fields.text("api_url", API) + "/v2/enqueue", "api_url");
        var body = Delivery.json(event(fields, cut), fields);
        if (body.length > EVENT_MAX) {
            throw new CallFailure("the event has more than " + EVENT_MAX + " bytes");
        }
        var taken =
                new Delivery("PagerDuty", url, body, fields, List.of(key))
                        .header("Content-Type", "application/json")
                        .send(host);
        var deed = Sent.deed("PagerDuty", taken, cut);
        if (Json.parse(taken.answer().body(), DocumentBounds.STANDARD.paidBy(fields.allowance()))
                        instanceof Parsed.Good(var json)
                && json instanceof Value.Table answer) {
            deed.with("dedup_key", answer.at("dedup_key"));
        }
        return deed;
    }

    private static DataTable event(Fields fields, Cut cut) {
        var action = one(fields.text("action", TRIGGER), ACTIONS, "action");
        var event =
                new DataTable()
                        .with("routing_key", fields.text("routing_key"))
                        .with("event_action", action);
        if (fields.given("dedup_key")) {
            var key = fields.needed("dedup_key");
            if (key.length() > KEY_MAX) {
                throw new CallFailure("dedup_key has more than " + KEY_MAX + " letters");
            }
            event.with("dedup_key", key);
        }
        if (!action.equals(TRIGGER)) {
            var _ = fields.needed("dedup_key");
            return event;
        }
        if (fields.given("client_url")) {
            event.with("client", "Sloth Runner").with("client_url", fields.text("client_url"));
        }
        return event.with("payload", payload(fields, cut));
    }

    private static String one(String given, Set<String> known, String name) {
        if (!known.contains(given)) {
            throw new CallFailure(
                    name + " is one of " + String.join(", ", known.stream().sorted().toList()));
        }
        return given;
    }

    private static DataTable payload(Fields fields, Cut cut) {
        var summary = fields.given("summary") ? "summary" : "message";
        if (fields.text(summary).isBlank()) {
            throw new CallFailure("field 'summary' is missing");
        }
        var payload =
                new DataTable()
                        .with("summary", cut.letters(fields.text(summary), SUMMARY_MAX))
                        .with("source", fields.text("source", "sloth-runner"))
                        .with(
                                "severity",
                                one(fields.text("severity", "error"), SEVERITIES, "severity"));
        for (var name : new String[] {"component", "group", "class"}) {
            if (fields.given(name)) {
                payload.with(name, fields.text(name));
            }
        }
        return fields.given("details")
                ? payload.with("custom_details", fields.tableAt("details"))
                : payload;
    }
}
