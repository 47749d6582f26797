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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Any server that takes JSON, which may check who sent it and that it is no copy.
final class Webhook implements Service {
    static final String SIGNATURE = "X-Sloth-Signature";
    static final String TIMESTAMP = "X-Sloth-Timestamp";
    static final String DELIVERY = "X-Sloth-Delivery";

    /// Bytes of what is sent.
    static final int BODY_MAX = 8 << 20;

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String doc() {
        return "Messages to any server: JSON by POST. With a secret, "
                + SIGNATURE
                + " is sha256= and the HMAC-SHA256 in hexadecimal digits of "
                + TIMESTAMP
                + ", a dot and the body; "
                + DELIVERY
                + " is the same in each attempt.";
    }

    @Override
    public List<Parameter> options() {
        return Service.overHttp(
                Service.needed("url", "Where to, a secret."),
                Parameter.optional(
                        "payload",
                        Type.STRING_OR_TABLE,
                        "What to send: a table as JSON, a text as it is."),
                Service.text("message", "In its place a text, sent as {\"message\": ...}."),
                Service.table("headers", "More headers by name."),
                Service.text("secret", "What the receiver checks the signature with."));
    }

    @Override
    public String example() {
        return "{url = values.hook, payload = {event = \"deployed\"}, secret = values.key}";
    }

    @Override
    public Deed send(Host host, Fields fields) throws IOException, InterruptedException {
        var url = Delivery.secretUrl(fields, "url");
        var body = body(fields);
        if (body.length > BODY_MAX) {
            throw new CallFailure("payload has more than " + BODY_MAX + " bytes");
        }
        var secrets = new ArrayList<>(List.of(fields.text("url"), fields.text("secret")));
        var delivery = new Delivery("the webhook", url, body, fields, secrets);
        delivery.header("Content-Type", "application/json");
        if (fields.given("headers")) {
            Lists.textFields(fields.tableAt("headers"), "headers", fields.allowance())
                    .forEach((name, value) -> {
                        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                            throw new CallFailure("headers holds a name that is none");
                        }
                        delivery.header(name, Fields.oneLine(value, "headers." + name));
                        secrets.add(value);
                    });
        }
        var time = Long.toString(host.time().instant().getEpochSecond());
        delivery.header(DELIVERY, HexFormat.of().toHexDigits(host.random().nextLong()));
        delivery.header(TIMESTAMP, time);
        if (fields.given("secret")) {
            delivery.header(SIGNATURE, "sha256=" + signature(fields.needed("secret"), time, body));
        }
        return Sent.deed("the webhook", delivery.send(host), new Cut());
    }

    private static byte[] body(Fields fields) {
        if (fields.given("payload") == fields.given("message")) {
            throw new CallFailure("give payload or message");
        }
        if (fields.given("message")) {
            return Delivery.json(new DataTable().with("message", fields.text("message")), fields);
        }
        return fields.table().at("payload") instanceof Value.Table table
                ? Delivery.json(table, fields)
                : fields.text("payload").getBytes(StandardCharsets.UTF_8);
    }

    static String signature(String secret, String time, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
