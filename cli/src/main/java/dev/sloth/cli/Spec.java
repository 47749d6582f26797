package dev.sloth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a command is called, what it takes, and what its help says. Our own rather than picocli's:
/// picocli's old class files cannot be kept in the start-up cache, so it is loaded only for help
/// and completion.
final class Spec {
    private final String name;
    private final List<String> description;
    private final List<Opt> options = new ArrayList<>();
    private final List<Opt> settings = new ArrayList<>();
    private Positionals positionals = Positionals.NONE;
    private boolean stopAtPositional;
    private OptionalInt commandAt = OptionalInt.empty();
    private final List<String> behind = new ArrayList<>();

    /// An option. The last of its names is the one that messages use.
    ///
    /// @param label of its value; empty when it takes none
    /// @param words that the value may be; empty when any
    record Opt(List<String> names, String label, boolean repeated, List<String> words, String doc) {
        Opt {
            names = List.copyOf(names);
            words = List.copyOf(words);
        }

        boolean takesValue() {
            return !label.isEmpty();
        }

        String longest() {
            return names.getLast();
        }
    }

    /// The words that are not options: at least `min` and at most `max` of them.
    record Positionals(String label, int min, int max, String doc) {
        static final Positionals NONE = new Positionals("", 0, 0, "");

        /// No upper bound but that of the system.
        static final int MANY = Integer.MAX_VALUE;
    }

    Spec(String name, String... description) {
        this.name = name;
        this.description = List.of(description);
    }

    void addOption(Opt option) {
        options.add(option);
    }

    void addSetting(Opt option) {
        settings.add(option);
    }

    void addPositional(Positionals words) {
        positionals = words;
    }

    /// Behind so many positionals a command line of its own begins, with the first word that is no
    /// option or behind two dashes, and is taken as it is.
    void commandBehind(int count) {
        stopAtPositional = true;
        commandAt = OptionalInt.of(count);
    }

    /// Behind how many positionals a command line of its own begins, if one does.
    OptionalInt commandAt() {
        return commandAt;
    }

    /// Everything from the first positional on is taken as it is, but for these options; two dashes
    /// end those too.
    void stopAtPositionalBut(String... options) {
        stopAtPositional = true;
        behind.addAll(List.of(options));
    }

    String name() {
        return name;
    }

    List<String> description() {
        return description;
    }

    List<Opt> options() {
        return List.copyOf(options);
    }

    /// Flags that stand for settings.
    List<Opt> settings() {
        return List.copyOf(settings);
    }

    Positionals positionals() {
        return positionals;
    }

    boolean stopsAtPositional() {
        return stopAtPositional;
    }

    /// Whether an option counts behind the first positional too.
    boolean countsBehind(String option) {
        return behind.contains(option);
    }

    Optional<Opt> option(String wanted) {
        for (var list : List.of(options, settings)) {
            for (var option : list) {
                if (option.names().contains(wanted)) {
                    return Optional.of(option);
                }
            }
        }
        return Optional.empty();
    }

    List<String> optionNames() {
        var names = new ArrayList<String>();
        options.forEach(option -> names.addAll(option.names()));
        settings.forEach(option -> names.addAll(option.names()));
        return names;
    }
}
