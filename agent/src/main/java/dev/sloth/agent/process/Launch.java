package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes.Command;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns a command into a started process, or says in one sentence why that cannot be.
final class Launch {
    /// Tells the processes of a command apart from all others, see [ProcessTree].
    static final String MARK = "SLOTH_PROCESS";

    /// A mark as it stands in the environment of a process.
    static byte[] marked(String mark) {
        return (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
    }

    private static final String PATH_DEFAULT =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final File NOTHING = new File("/dev/null");

    private final ProcessConfig config;
    private final Accounts accounts;
    private final Path setsid;
    private final Shim shim = new Shim();

    Launch(ProcessConfig config) {
        this.config = config;
        this.accounts = new Accounts(config);
        this.setsid = Tool.find("setsid");
    }

    /// Starts it as a child whose pipes we hold.
    Process start(Command command, String mark) throws IOException, InterruptedException {
        var builder = builder(command, mark, Optional.empty());
        if (command.stdin().length == 0) {
            builder.redirectInput(NOTHING);
        }
        return start(builder, command.argv().getFirst());
    }

    /// Starts it under the shim; it has nothing of ours to hold on to.
    Process start(Command command, String mark, CommandRecord record)
            throws IOException, InterruptedException {
        var builder = builder(command, mark, Optional.of(record));
        record.create();
        builder.redirectInput(NOTHING);
        if (command.stdin().length > 0) {
            Files.write(record.stdin(), command.stdin());
            builder.redirectInput(record.stdin().toFile());
        }
        builder.redirectOutput(NOTHING).redirectError(NOTHING);
        return start(builder, command.argv().getFirst());
    }

    private ProcessBuilder builder(Command command, String mark, Optional<CommandRecord> record)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(command.folder())) {
            throw new IOException("there is no folder " + command.folder() + " to work in");
        }
        var account = accounts.find(command.user());
        var environment = environment(command, account);
        var words = new ArrayList<String>();
        // Not being a group's leader, setsid becomes the program without a fork: the child's id is
        // also the id of its group and session.
        words.add(setsid.toString());
        if (record.isPresent()) {
            // The command leads a session beside the shim's, so that its `kill 0` spares the shim.
            words.addAll(shim.words(record.get(), environment.keySet()));
            words.add(setsid.toString());
        }
        words.addAll(account.prefix());
        words.add(program(command, environment.getOrDefault("PATH", PATH_DEFAULT)));
        words.addAll(command.argv().subList(1, command.argv().size()));
        var builder = new ProcessBuilder(words).directory(command.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        return builder;
    }

    private static Process start(ProcessBuilder builder, String program) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            // The system's message repeats the whole command line, which may hold secrets.
            var text = String.valueOf(e.getMessage());
            int reason = text.lastIndexOf("error=");
            throw new IOException(
                    "cannot run " + program + (reason < 0 ? "" : ": " + text.substring(reason)));
        } catch (IllegalArgumentException | NullPointerException _) {
            throw new IOException(
                    "cannot run " + program + ": its arguments or environment hold a NUL byte");
        }
    }

    private Map<String, String> environment(Command command, Accounts.Account account)
            throws IOException {
        var all = new java.util.HashMap<String, String>();
        all.put("PATH", inherited("PATH", PATH_DEFAULT));
        all.put("LANG", inherited("LANG", "C.UTF-8"));
        all.put("TMPDIR", inherited("TMPDIR", "/tmp"));
        all.put("TERM", "dumb");
        for (var name : List.of(Inherited.HOME, Inherited.CAUSES)) {
            var value = config.inherited().getOrDefault(name, "");
            if (!value.isEmpty()) {
                all.put(name, value);
            }
        }
        all.put("HOME", account.home());
        all.put("USER", account.name());
        for (var entry : command.environment().entrySet()) {
            if (!NAME.matcher(entry.getKey()).matches()) {
                throw new IOException(
                        "'" + entry.getKey() + "' cannot be the name of an environment variable");
            }
            if (entry.getValue().indexOf(0) >= 0) {
                throw new IOException(
                        "environment variable " + entry.getKey() + " holds a NUL byte");
            }
            all.put(entry.getKey(), entry.getValue());
        }
        return all;
    }

    private String inherited(String name, String otherwise) {
        var value = config.inherited().getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static String program(Command command, String path) throws IOException {
        var name = command.argv().getFirst();
        if (name.indexOf(0) >= 0) {
            throw new IOException("the name of a program cannot hold a NUL byte");
        }
        if (name.indexOf('/') >= 0) {
            return executable(command.folder().resolve(name).toAbsolutePath(), name);
        }
        for (var place : List.of(path.split(":"))) {
            var file = command.folder().resolve(place).resolve(name);
            if (!place.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                return file.toAbsolutePath().toString();
            }
        }
        throw new IOException("cannot run " + name + ": no such program on PATH");
    }

    private static String executable(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("cannot run " + name + ": no such file");
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new IOException("cannot run " + name + ": not an executable file");
        }
        return file.toString();
    }
}
