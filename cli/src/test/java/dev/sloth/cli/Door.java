package dev.sloth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls the program as a user would, in a folder of its own.
final class Door {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";

    Door(Path folder) {
        this.folder = folder;
        environment.put("SLOTH_HOME", folder.resolve("home").toString());
        environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    }

    /// What came of a call.
    record Answer(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        List<String> complaints() {
            return err.lines().toList();
        }
    }

    Door with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Door typing(String text) {
        input = text;
        return this;
    }

    Door file(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /// Somebody who says and hears nothing.
    Caller caller() {
        return caller(nowhere());
    }

    /// Somebody who says nothing.
    Caller caller(PrintStream out) {
        return new Caller(
                InputStream.nullInputStream(), out, nowhere(), environment, folder, false, false);
    }

    static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    Answer call(String... args) {
        return call(new ByteArrayOutputStream(), args);
    }

    /// @param out where what it says can be seen while it goes on
    Answer call(ByteArrayOutputStream out, String... args) {
        return call(out, new ByteArrayOutputStream(), args);
    }

    /// @param err where what it complains of can be seen while it goes on
    Answer call(ByteArrayOutputStream out, ByteArrayOutputStream err, String... args) {
        int exit =
                Main.run(
                        args,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        environment,
                        folder);
        return new Answer(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
