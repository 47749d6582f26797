package dev.sloth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The prompt on a terminal: editing, history, completion, and texts of several lines.
final class Prompt {
    private static final int HISTORY_LINES_MAX = 5_000;

    private final Repl repl;
    private final Path history;

    Prompt(Repl repl, Path history) {
        this.repl = repl;
        this.history = history;
    }

    /// Reads and runs until Ctrl-D.
    void run() throws IOException {
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            var reader = reader(terminal);
            while (true) {
                try {
                    repl.flush();
                    one(reader.readLine("> "), terminal);
                } catch (UserInterruptException e) {
                    terminal.writer().println("(Ctrl-D leaves)");
                } catch (EndOfFileException e) {
                    return;
                }
            }
        }
    }

    private void one(String text, Terminal terminal) {
        if (text.isBlank()) {
            return;
        }
        var before = terminal.handle(Terminal.Signal.INT, _ -> repl.stop());
        try {
            repl.run(text).forEach(line -> terminal.writer().println(line));
            terminal.writer().flush();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private LineReader reader(Terminal terminal) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new LuaParser())
                .completer((_, line, candidates) ->
                        repl.completions(line.word())
                                .forEach(name -> candidates.add(candidate(name))))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, ">> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /// No space behind it: a field or a call usually follows.
    private static Candidate candidate(String name) {
        return new Candidate(name, name, null, null, null, null, false);
    }

    /// Asks for more lines while a text is incomplete, and finds the name before the cursor.
    private static final class LuaParser implements Parser {
        @Override
        public ParsedLine parse(String text, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && Repl.incomplete(text)) {
                throw new EOFError(-1, -1, "more is needed");
            }
            int from = cursor;
            while (from > 0 && isNamePart(text.charAt(from - 1))) {
                from--;
            }
            return new Word(text, cursor, text.substring(from, cursor));
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':';
        }
    }

    /// A line of which only the name before the cursor matters.
    private record Word(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        /// Names need no quotes.
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
