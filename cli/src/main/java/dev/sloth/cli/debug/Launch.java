package dev.sloth.cli.debug;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an editor wants to have run: the arguments of its `launch`.
///
/// @param program the script; absent when the command line names it
/// @param folder in which it is to run
/// @param as `run` or `lua`; absent when the name of the script says it
/// @param args words as they stand behind the script on the command line
/// @param grants what a plain script is granted
/// @param values by name, laid upon what files of values say
/// @param stopOnEntry whether it is to stop at its first statement
/// @param noDebug whether it is only to run
public record Launch(
        Optional<String> program,
        Optional<String> folder,
        Optional<String> as,
        List<String> args,
        List<String> grants,
        Map<String, String> values,
        boolean stopOnEntry,
        boolean noDebug) {
    public static final String WRONG = "SLOTH-9060";

    public Launch {
        args = List.copyOf(args);
        grants = List.copyOf(grants);
        values = Map.copyOf(values);
    }

    /// Reads the arguments; those of other names are the editor's own.
    ///
    /// @throws Problems with all that is wrong with them
    static Launch of(Map<String, Object> arguments) {
        var reading = new Reading(arguments, new ArrayList<>());
        var launch =
                new Launch(
                        reading.text("program"),
                        reading.text("cwd"),
                        reading.text("as"),
                        reading.texts("args"),
                        reading.texts("grant"),
                        reading.values("values"),
                        reading.flag("stopOnEntry"),
                        reading.flag("noDebug"));
        launch.as
                .filter(word -> !word.equals("run") && !word.equals("lua"))
                .ifPresent(word -> reading.wrong("as", "\"run\" or \"lua\""));
        if (!reading.problems.isEmpty()) {
            throw new Problems(reading.problems);
        }
        return launch;
    }

    private record Reading(Map<String, Object> arguments, List<Problem> problems) {
        void wrong(String name, String wanted) {
            problems.add(
                    new Problem(
                            WRONG,
                            "launch: '%s' must be %s".formatted(name, wanted),
                            Span.NOWHERE,
                            "see docs/debugging.md"));
        }

        Optional<String> text(String name) {
            return switch (arguments.get(name)) {
                case null -> Optional.empty();
                case String text when !text.isBlank() -> Optional.of(text);
                default -> {
                    wrong(name, "a text");
                    yield Optional.empty();
                }
            };
        }

        boolean flag(String name) {
            return switch (arguments.get(name)) {
                case null -> false;
                case Boolean flag -> flag;
                default -> {
                    wrong(name, "true or false");
                    yield false;
                }
            };
        }

        List<String> texts(String name) {
            return switch (arguments.get(name)) {
                case null -> List.of();
                case List<?> words when words.stream().allMatch(w -> scalar(w).isPresent()) ->
                        words.stream().map(w -> scalar(w).orElseThrow()).toList();
                default -> {
                    wrong(name, "a list of texts");
                    yield List.of();
                }
            };
        }

        Map<String, String> values(String name) {
            var all = new LinkedHashMap<String, String>();
            switch (arguments.get(name)) {
                case null -> {}
                case Map<?, ?> given ->
                        given.forEach((key, value) ->
                                scalar(value)
                                        .ifPresentOrElse(
                                                text -> all.put(String.valueOf(key), text),
                                                () ->
                                                        wrong(
                                                                name,
                                                                "single values by name; put lists"
                                                                        + " into a file for"
                                                                        + " --values")));
                default -> wrong(name, "values by name");
            }
            return all;
        }

        private static Optional<String> scalar(@Nullable Object value) {
            return switch (value) {
                case null -> Optional.empty();
                case String text -> Optional.of(text);
                case Boolean flag -> Optional.of(flag.toString());
                case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
                        Optional.of(String.valueOf(number.longValue()));
                case Number number -> Optional.of(number.toString());
                default -> Optional.empty();
            };
        }
    }
}
