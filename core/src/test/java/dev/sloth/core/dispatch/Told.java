package dev.sloth.core.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One line of the story of a simulated world; written only when somebody reads it.
record Told(Instant at, String how, Object what) {
    @Override
    public String toString() {
        return "%s %s%s".formatted(at, how, text());
    }

    private String text() {
        return switch (what) {
            case Input.Wanted(var order) ->
                    "Wanted[%s, %s%s%s]"
                            .formatted(
                                    order.id(),
                                    order.want().text(),
                                    order.repeatable() ? ", repeatable" : "",
                                    order.weightless() ? ", weightless" : "");
            case Input.Ended(var host, long epoch, var id, var end) ->
                    "Ended[%s, %d, %s, %s]".formatted(host, epoch, id, text(end));
            case Act.Keep(var row) ->
                    "Keep[%s, %s, %s, %s]".formatted(row.id(), row.agent(), row.state(), row.why());
            case Act.Message.Send(var host, long epoch, var order) ->
                    "Send[%s, %d, %s]".formatted(host, epoch, order.id());
            case Act.Answer(var id, Act.End.Done(_, var result)) ->
                    "Answer[%s, %s]".formatted(id, text(result));
            default -> what.toString();
        };
    }

    private static String text(byte[] result) {
        return new String(result, StandardCharsets.UTF_8);
    }
}
