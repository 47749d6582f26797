package dev.sloth.agent.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// How many columns and lines a terminal shows.
public record TerminalSize(int width, int height) {
    private static final File TERMINAL = new File("/dev/tty");
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Pattern ANSWER = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})\\s*");

    /// Of the terminal of this process, as the system knows it: nothing is written to the terminal,
    /// and none of its modes change. Empty when there is no terminal, or its size is not known.
    public static Optional<TerminalSize> ask() {
        try {
            var process =
                    new ProcessBuilder(Tool.find("stty").toString(), "size")
                            .redirectInput(TERMINAL)
                            .redirectError(Redirect.DISCARD)
                            .start();
            try {
                return answered(process);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // There is no terminal to ask.
            return Optional.empty();
        }
    }

    private static Optional<TerminalSize> answered(Process process) throws IOException {
        try {
            if (!process.waitFor(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            var answer = process.getInputStream().readAllBytes();
            return parse(new String(answer, StandardCharsets.US_ASCII));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Lines and columns; 0 stands for unknown.
    static Optional<TerminalSize> parse(String answer) {
        var matcher = ANSWER.matcher(answer);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int height = Integer.parseInt(matcher.group(1));
        int width = Integer.parseInt(matcher.group(2));
        return width > 0 && height > 0
                ? Optional.of(new TerminalSize(width, height))
                : Optional.empty();
    }
}
