package dev.sloth.core.event;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.event.WatcherRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Watchers as they are kept.
public final class WatcherFormat {
    private static final String KIND = "kind";
    private static final String TARGET = "target";
    private static final String WHEN = "when";
    private static final String INTERVAL = "interval_ms";
    private static final String OPTIONS = "options";

    private WatcherFormat() {}

    static byte[] bytes(Watcher watcher) {
        return DataBytes.of(
                new DataTable()
                        .with(KIND, watcher.kind().word())
                        .with(TARGET, watcher.target())
                        .with(WHEN, DataTable.list(watcher.when().stream().map(Text::of).toList()))
                        .with(INTERVAL, (double) watcher.interval().toMillis())
                        .with(OPTIONS, options(watcher)));
    }

    private static DataTable options(Watcher watcher) {
        var options = new DataTable();
        new TreeMap<>(watcher.options()).forEach(options::with);
        return options;
    }

    /// @throws StoreFailure `DAMAGED` when it is not what was written
    public static Watcher watcher(WatcherRow row) {
        var what = "the watcher '" + row.name() + "'";
        try {
            if (DataBytes.read(what, row.settings()) instanceof Value.Table settings) {
                return watcher(row.name(), settings);
            }
            throw new IllegalArgumentException("it has no settings");
        } catch (EventRefusal | IllegalArgumentException e) {
            throw new StoreFailure(
                    StoreFailure.Reason.DAMAGED, what + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Watcher watcher(String name, Value.Table settings) {
        var options = new TreeMap<String, String>();
        for (var option : table(settings.at(OPTIONS))) {
            options.put(option.key().toString(), option.value().toString());
        }
        var when = new ArrayList<String>();
        table(settings.at(WHEN)).forEach(change -> when.add(change.value().toString()));
        return new Watcher(
                name,
                Watcher.Kind.valueOf(text(settings.at(KIND)).toUpperCase(Locale.ROOT)),
                text(settings.at(TARGET)),
                when,
                Duration.ofMillis(milliseconds(settings.at(INTERVAL))),
                options);
    }

    private static long milliseconds(Value value) {
        if (value instanceof Value.Num number) {
            return (long) number.value();
        }
        throw new IllegalArgumentException("a number is missing");
    }

    private static String text(Value value) {
        if (value instanceof Text text) {
            return text.toString();
        }
        throw new IllegalArgumentException("a text is missing");
    }

    private static List<Value.Entry> table(Value value) {
        if (value instanceof Value.Table table) {
            return table.entries();
        }
        throw new IllegalArgumentException("a table is missing");
    }
}
