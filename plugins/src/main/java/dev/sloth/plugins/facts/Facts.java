package dev.sloth.plugins.facts;

import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The facts of this machine by name, each read when it is asked for.
record Facts(Host host) {
    private static final String MISSING = "missing";

    /// Reads one fact.
    interface Source {
        /// @throws IOException when the machine cannot tell, saying why
        Value read() throws IOException, InterruptedException;
    }

    /// Kept with the script's state, so that OSHI is loaded by the first call and only once.
    Machine machine() {
        return host.keep(Machine.class, Machine::new);
    }

    Packages packages() {
        return new Packages(new Tools(host.processes()));
    }

    Services services() {
        return new Services(new Tools(host.processes()));
    }

    private Map<String, Source> sources() {
        var sources = new LinkedHashMap<String, Source>();
        var machine = machine();
        sources.put("hostname", machine::hostname);
        sources.put("platform", machine::platform);
        sources.put("kernel", machine::kernel);
        sources.put("uptime", () -> machine.uptime(host.zone()));
        sources.put("load", machine::load);
        sources.put("memory", machine::memory);
        sources.put("disk", machine::disks);
        sources.put("network", machine::networks);
        sources.put("mounts", machine::mounts);
        sources.put("processes", machine::processes);
        sources.put("users", () -> DataTable.list(SystemFiles.users()));
        sources.put("services", () -> services().all());
        sources.put("packages", () -> packages().all());
        return sources;
    }

    /// All facts; those that the machine cannot tell are under `missing`, with the reasons.
    Value all() throws InterruptedException {
        var all = new DataTable();
        var missing = new DataTable();
        for (var source : sources().entrySet()) {
            try {
                all.with(source.getKey(), source.getValue().read());
            } catch (IOException e) {
                missing.with(source.getKey(), Failures.sentence(e));
            }
        }
        return missing.entries().isEmpty() ? all : all.with(MISSING, missing);
    }

    /// The fact at a path such as `memory.total` or `disk.1.free`; reads no more than its first
    /// name needs.
    Value at(String path) throws IOException, InterruptedException {
        var names = path.split("\\.", -1);
        var source = sources().get(names[0]);
        if (source == null) {
            throw new IOException(
                    "there is no fact " + names[0] + "; there are " + sources().keySet());
        }
        var at = source.read();
        for (int i = 1; i < names.length; i++) {
            at = at instanceof Value.Table table ? field(table, names[i]) : Value.Nil.NIL;
        }
        if (at == Value.Nil.NIL) {
            throw new IOException("there is no fact " + path);
        }
        return at;
    }

    private static Value field(Value.Table table, String name) {
        boolean position = name.matches("[1-9]\\d{0,8}");
        return table.at(position ? new Value.Num(Integer.parseInt(name)) : Text.of(name));
    }
}
