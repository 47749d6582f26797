package dev.sloth.cli;

import dev.sloth.agent.AttemptOutput;
import dev.sloth.agent.Channel;
import dev.sloth.agent.HookCall;
import dev.sloth.agent.HookEnd;
import dev.sloth.api.event.Event;
import dev.sloth.api.event.Fact;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.Visible;
import dev.sloth.core.store.event.HookRow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `hook test`: calls a hook here and now.
final class HookTest implements Command {
    private static final String EVENT = "--event";
    private static final String DATA = "--data";
    private static final String SUBJECT = "--subject";

    private final InstantSource time;

    HookTest(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                HookFamily.onHook(
                        "test",
                        "Calls a hook here and now, with an event that happened or one that did not.",
                        "",
                        "What the hook does is done; nothing is kept of the call. The exit code is 1"
                                + " when it fails.",
                        "",
                        "For example: `sloth-runner hook test tell --type task.failed --data"
                                + " '{\"task\": \"build\"}'`.");
        spec.addOption(Specs.text("EVENT", "The id of an event that happened.", EVENT));
        spec.addOption(
                Specs.text(
                        "TYPE",
                        "The type of one that did not; test unless said.",
                        EventsFamily.TYPE));
        spec.addOption(Specs.text("TEXT", "Its subject; the type unless said.", SUBJECT));
        spec.addOption(Specs.text("JSON", "Its data.", DATA));
        return spec;
    }

    /// What was said, and how it ended.
    private static final class Seen implements AttemptOutput {
        private final Caller caller;
        private final Format format;
        private final List<String> lines = new ArrayList<>();

        Seen(Caller caller, Format format) {
            this.caller = caller;
            this.format = format;
        }

        @Override
        public synchronized void line(AttemptId attempt, Channel channel, String text) {
            var line = ExecutorHands.line(channel, text);
            lines.add(line);
            if (format == Format.TEXT) {
                caller.print(line);
            }
        }
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var config = EventsFamily.config(given);
        var caller = given.caller();
        var seen = new Seen(caller, format);
        HookEnd end;
        try (var events = EventsFamily.open(given);
                var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config)) {
            var hook = HookFamily.hook(events.hooks(), given.positionals().getFirst());
            var event = event(given, events);
            var executor = Wiring.hookExecutor(caller, config, processes, shared);
            end = executor.call(call(caller, hook, event), seen);
        }
        return told(caller, format, seen, end);
    }

    private Event event(Given given, OpenEvents events) {
        if (given.has(EVENT)) {
            var id = given.text(EVENT, "");
            return events.stream().find(id).orElseThrow(() -> EventProblems.noEvent(id));
        }
        var type = given.text(EventsFamily.TYPE, "test");
        Value data =
                given.has(DATA)
                        ? JsonData.table("the data of the event", given.text(DATA, ""))
                        : new DataTable();
        var fact = new Fact(type, given.text(SUBJECT, type), data);
        return new Event(
                "test", fact.type(), fact.subject(), "cli", time.instant(), fact.data(), List.of());
    }

    private static HookCall call(Caller caller, HookRow hook, Event event) {
        return new HookCall(
                hook.name(),
                "hook-test",
                1,
                HookShelf.read(caller.home(), hook.file()),
                hook.condition(),
                event,
                hook.timeout(),
                List.of("a test of the hook " + hook.name()));
    }

    private static int told(Caller caller, Format format, Seen seen, HookEnd end) {
        var word =
                switch (end) {
                    case HookEnd.Unwanted _ -> "unwanted";
                    case HookEnd.Done _ -> "done";
                    case HookEnd.Failed _ -> "failed";
                    case HookEnd.Cancelled _ -> "cancelled";
                };
        var message =
                switch (end) {
                    case HookEnd.Unwanted _ -> "its condition does not hold";
                    case HookEnd.Done(var said) -> said;
                    case HookEnd.Failed(var why) -> why;
                    case HookEnd.Cancelled _ -> "";
                };
        if (format == Format.TEXT) {
            caller.print(message.isEmpty() ? word : word + ": " + Visible.of(message));
        } else {
            var document =
                    new Document()
                            .with("result", word)
                            .with("message", message)
                            .with("output", seen.lines);
            caller.out().print(document.as(format));
        }
        return end instanceof HookEnd.Failed ? Exit.FAILED : Exit.OK;
    }
}
