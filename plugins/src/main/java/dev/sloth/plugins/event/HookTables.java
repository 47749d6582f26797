package dev.sloth.plugins.event;

import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookDelivery;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.plugins.value.Durations;

/// Hooks as scripts see them.
final class HookTables {
    private HookTables() {}

    static DataTable hook(Hook hook) {
        return new DataTable()
                .with("name", hook.name())
                .with("file", hook.file())
                .with("types", types(hook))
                .with("when", hook.condition())
                .with("description", hook.description())
                .with("enabled", hook.enabled())
                .with("timeout", Durations.seconds(hook.timeout()))
                .with("attempts", (double) hook.attempts())
                .with("added_at", hook.addedAt().toString())
                .with("pending", (double) hook.owed().pending())
                .with("done", (double) hook.owed().done())
                .with("dead", (double) hook.owed().dead());
    }

    static DataTable types(Hook hook) {
        return DataTable.list(hook.types().stream().map(Text::of).toList());
    }

    static DataTable delivery(HookDelivery delivery) {
        return new DataTable()
                .with("delivery", (double) delivery.number())
                .with("event", delivery.event())
                .with("type", delivery.type())
                .with("subject", delivery.subject())
                .with("at", delivery.at().toString())
                .with("state", delivery.state())
                .with("attempts", (double) delivery.attempts())
                .with("last", delivery.last().toString())
                .with("message", delivery.message())
                .with("output", delivery.output());
    }
}
