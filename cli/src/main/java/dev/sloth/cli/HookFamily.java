package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.core.hook.Hooks;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.HookRow;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// `hook`: looks after the code that reacts to events.
final class HookFamily implements Command {
    private static final String NAME = "The hook's name.";

    @Override
    public Spec spec() {
        return Specs.command(
                "hook",
                "Looks after hooks: Lua files that react to events.",
                "",
                "A hook's file defines on_event(event), or returns a table with execute ="
                        + " function(event) and perhaps event_types. Hooks are called while"
                        + " `sloth-runner serve` runs; each is told of every event that it wants at"
                        + " least once, and of those of one subject in their order.",
                "",
                "For example: `sloth-runner hook add tell --file hooks/tell.lua --type task.failed`.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `hook list`");
    }

    @Override
    public List<Command> children() {
        return List.of(
                new HookAdd(),
                new HookList(),
                new HookShow(),
                new HookSwitch("enable", true),
                new HookSwitch("disable", false),
                new HookRemove(),
                new HookTest(InstantSource.system()),
                new HookHistory(),
                new HookDead(),
                new HookDeadOne("retry"),
                new HookDeadOne("drop"));
    }

    // ---- what the commands below have in common

    static Spec onHook(String name, String... description) {
        var spec = EventsFamily.child(name, description);
        spec.addPositional(Specs.positionals("NAME", 1, 1, NAME));
        return spec;
    }

    static HookRow hook(Hooks hooks, String name) {
        return hooks.find(name).orElseThrow(() -> EventProblems.noHook(name));
    }

    static String types(HookRow hook) {
        return hook.types().isEmpty() ? "all" : String.join(" ", hook.types());
    }

    static Document document(HookRow hook, Hooks.Counts counts) {
        return new Document()
                .with("name", hook.name())
                .with("file", hook.file())
                .with("types", hook.types())
                .with("condition", hook.condition())
                .with("description", hook.description())
                .with("enabled", hook.enabled())
                .with("timeout_seconds", hook.timeout().toMillis() / 1e3)
                .with("attempts", hook.attempts())
                .with("added_at", hook.addedAt())
                .with("pending", counts.pending())
                .with("done", counts.done())
                .with("dead", counts.dead());
    }

    static Document document(DeliveryRow delivery) {
        return new Document()
                .with("delivery", delivery.number())
                .with("event", delivery.event())
                .with("type", delivery.type())
                .with("subject", delivery.subject())
                .with("at", delivery.at())
                .with("state", state(delivery))
                .with("attempts", delivery.attempts())
                .with("last", delivery.due())
                .with("message", delivery.message())
                .with("output", delivery.output());
    }

    static String state(DeliveryRow delivery) {
        return delivery.state().name().toLowerCase(Locale.ROOT);
    }
}
