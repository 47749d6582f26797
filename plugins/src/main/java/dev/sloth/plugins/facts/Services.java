package dev.sloth.plugins.facts;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/// The services of the system, as `systemctl` tells.
record Services(Tools tools) {
    /// No name that a unit can have reads as an option or as a pattern.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9:_.\\\\@-]*");

    private static final String SYSTEMCTL = "systemctl";
    private static final String SUFFIX = ".service";
    private static final int FIELDS = 4;

    Value all() throws IOException, InterruptedException {
        var services = new ArrayList<DataTable>();
        var argv =
                List.of(
                        SYSTEMCTL,
                        "list-units",
                        "--type=service",
                        "--all",
                        "--plain",
                        "--no-legend",
                        "--no-pager");
        for (var line : asked(argv)) {
            var fields = line.strip().split("\\s+", FIELDS + 1);
            if (fields.length >= FIELDS && fields[0].endsWith(SUFFIX)) {
                services.add(service(fields[0], fields[2], fields[3]));
            }
        }
        return DataTable.list(services);
    }

    Value one(String name) throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw new CallFailure(name + " is not the name of a service");
        }
        var unit = name.endsWith(SUFFIX) ? name : name + SUFFIX;
        var argv =
                List.of(
                        SYSTEMCTL,
                        "show",
                        "--property=Id,LoadState,ActiveState,SubState",
                        "--no-pager",
                        unit);
        var fields = new HashMap<String, String>();
        for (var line : asked(argv)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        if (fields.getOrDefault("LoadState", "not-found").equals("not-found")) {
            throw new IOException("there is no service " + name);
        }
        return service(
                fields.getOrDefault("Id", unit),
                fields.getOrDefault("ActiveState", "unknown"),
                fields.getOrDefault("SubState", "unknown"));
    }

    private static DataTable service(String unit, String status, String state) {
        return new DataTable()
                .with("name", unit.substring(0, unit.length() - SUFFIX.length()))
                .with("status", status)
                .with("state", state);
    }

    private List<String> asked(List<String> argv) throws IOException, InterruptedException {
        try {
            return tools.lines(argv);
        } catch (IOException e) {
            throw new IOException("needs systemd: " + Failures.sentence(e), e);
        }
    }
}
