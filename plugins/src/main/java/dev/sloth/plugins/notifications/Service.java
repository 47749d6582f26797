package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import dev.sloth.plugins.value.Deed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One way to reach people.
interface Service {
    String name();

    String doc();

    List<Parameter> options();

    /// The fields of a call for the reference.
    String example();

    /// Sends one message.
    ///
    /// @throws IOException when it was not taken, saying why and repeating no secret
    Deed send(Host host, Fields fields) throws IOException, InterruptedException;

    static Parameter needed(String name, String doc) {
        return Parameter.required(name, Type.STRING, doc);
    }

    static Parameter text(String name, String doc) {
        return Parameter.optional(name, Type.STRING, doc);
    }

    static Parameter table(String name, String doc) {
        return Parameter.optional(name, Type.TABLE, doc);
    }

    /// These, and what all services take that are reached by HTTP.
    static List<Parameter> overHttp(Parameter... own) {
        var all = new ArrayList<>(List.of(own));
        all.add(
                Parameter.optional(
                        "timeout",
                        Type.DURATION,
                        "How long one attempt may take; 30 seconds if nil."));
        all.add(
                Parameter.optional(
                        "retries",
                        Type.INTEGER,
                        "How often to try again where the message was not taken; 2 if nil, at most"
                                + " 10."));
        return all;
    }
}
