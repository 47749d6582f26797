package dev.sloth.plugins.facts;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is installed, as `dpkg-query` or `rpm` tells.
record Packages(Tools tools) {
    /// No name that a package can have reads as an option or as a pattern.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+._:-]*");

    private static final Pattern UPDATE = Pattern.compile("Inst (\\S+) (?:\\[\\S+] )?\\((\\S+) .*");
    private static final String INSTALLED = "installed";
    private static final int FIELDS = 5;

    /// How to ask a manager; the answers of all have the same columns.
    private record Tool(String label, List<String> question, List<String> everything) {
        List<String> all() {
            return plus(everything);
        }

        List<String> one(String name) {
            return plus(List.of(name));
        }

        private List<String> plus(List<String> more) {
            var argv = new ArrayList<>(question);
            argv.addAll(more);
            return argv;
        }
    }

    private static final Tool DPKG =
            new Tool(
                    "dpkg",
                    List.of(
                            "dpkg-query",
                            "-W",
                            "-f=${db:Status-Status}\\t${Package}\\t${Version}\\t${Architecture}"
                                    + "\\t${binary:Summary}\\n"),
                    List.of());

    private static final Tool RPM =
            new Tool(
                    "rpm",
                    List.of(
                            "rpm",
                            "-q",
                            "--qf",
                            "installed\\t%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{SUMMARY}\\n"),
                    List.of("-a"));

    /// All packages of the first manager that has any.
    Value all() throws IOException, InterruptedException {
        for (var manager : present()) {
            var packages = rows(tools.lines(manager.all()));
            if (!packages.isEmpty()) {
                var table =
                        new DataTable()
                                .with("manager", manager.label())
                                .with("installed_count", packages.size())
                                .with("packages", DataTable.list(packages));
                if (manager.equals(DPKG)) {
                    updates()
                            .ifPresent(updates -> {
                                table.with("updates_available", updates.size());
                                table.with("updates", DataTable.list(updates));
                            });
                }
                return table;
            }
        }
        throw new IOException("the package manager knows no packages");
    }

    Value one(String name) throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw new CallFailure(name + " is not the name of a package");
        }
        for (var manager : present()) {
            // both end with 1 where there is no such package
            var found = rows(Tools.lines(tools.ask(manager.one(name))));
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        return new DataTable().with("name", name).with(INSTALLED, false);
    }

    private List<Tool> present() throws IOException, InterruptedException {
        var there = new ArrayList<Tool>();
        for (var manager : List.of(DPKG, RPM)) {
            if (starts(manager.question().getFirst())) {
                there.add(manager);
            }
        }
        if (there.isEmpty()) {
            throw new IOException("needs dpkg-query or rpm, and neither can be started here");
        }
        return there;
    }

    private boolean starts(String tool) throws InterruptedException {
        try {
            return tools.ask(List.of(tool, "--version")).exitCode() == 0;
        } catch (IOException _) {
            return false; // not here: the caller says so when no other is
        }
    }

    private static List<DataTable> rows(List<String> lines) {
        var packages = new ArrayList<DataTable>();
        for (var line : lines) {
            var fields = line.split("\t", FIELDS);
            if (fields.length == FIELDS && fields[0].equals(INSTALLED)) {
                packages.add(
                        new DataTable()
                                .with("name", fields[1])
                                .with("version", fields[2])
                                .with("architecture", fields[3])
                                .with("description", fields[4])
                                .with(INSTALLED, true));
            }
        }
        return packages;
    }

    /// What an upgrade would install, from the lists already fetched; empty where there is no apt.
    private Optional<List<DataTable>> updates() throws IOException, InterruptedException {
        if (!starts("apt-get")) {
            return Optional.empty();
        }
        var updates = new ArrayList<DataTable>();
        for (var line : tools.lines(List.of("apt-get", "--simulate", "-qq", "upgrade"))) {
            var match = UPDATE.matcher(line);
            if (match.matches()) {
                updates.add(
                        new DataTable()
                                .with("name", match.group(1))
                                .with("version", match.group(2)));
            }
        }
        return Optional.of(updates);
    }
}
