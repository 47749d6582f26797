package dev.sloth.cli;

import dev.sloth.api.event.Event;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.event.Types;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/// `events`: shows what happened, in runs and elsewhere.
final class EventsFamily implements Command {
    static final String NAMESPACE = StateFamily.NAMESPACE;
    static final String TYPE = "--type";
    private static final String ONLY_TYPE =
            "Only events of this type, such as `task.failed` or `run.*`. May be given several times.";

    @Override
    public Spec spec() {
        return Specs.command(
                "events",
                "Shows what happened: in runs, to shared state, and what scripts and watchers told.",
                "",
                "Every event has a type, such as task.failed, and a subject that it is about. Hooks"
                        + " react to them: see `sloth-runner hook --help`.",
                "",
                "For example: `sloth-runner events list --type 'task.*' --since 1h`.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `events list`");
    }

    @Override
    public List<Command> children() {
        return List.of(
                new EventsList(InstantSource.system()),
                new EventsFollow(),
                new EventsShow(),
                new EventsDispatch());
    }

    // ---- what the commands below, and those of hooks and watchers, have in common

    static Spec child(String name, String... description) {
        return StateFamily.child(name, description);
    }

    static void addTypes(Spec spec) {
        spec.addOption(Specs.many("TYPE", ONLY_TYPE, TYPE));
    }

    static Types types(Given given) {
        return new Types(given.many(TYPE));
    }

    /// The settings, with the namespace that was given.
    static Config config(Given given) {
        if (!given.has(NAMESPACE)) {
            return given.layers().config();
        }
        var flags = new LinkedHashMap<String, String>();
        flags.put("state.namespace", given.text(NAMESPACE, ""));
        var caller = given.caller();
        return Layers.read(caller.home(), caller.folder(), caller.environment(), flags).config();
    }

    /// To be closed.
    static OpenEvents open(Given given) {
        return new OpenEvents(given.caller(), config(given));
    }

    static Document document(Event event) {
        return new Document()
                .with("id", event.id())
                .with("at", event.at())
                .with("type", event.type())
                .with("subject", event.subject())
                .with("source", event.source())
                .with("data", ExactValue.written(event.data()))
                .with("causes", event.causes());
    }

    static String line(Event event) {
        return "%s  %-14s  %-16s  %s  %s"
                .formatted(
                        RunDocuments.exactly(event.at()),
                        event.id(),
                        event.type(),
                        event.subject(),
                        StateText.line(event.data()));
    }

    static void print(Given given, Format format, Event event) {
        var caller = given.caller();
        switch (format) {
            case TEXT -> caller.print(line(event));
            case JSON -> caller.print(document(event).line());
            case YAML -> caller.out().print("---\n" + document(event).as(Format.YAML));
        }
    }
}
