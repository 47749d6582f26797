package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/// What `serve` tells while it goes on, one line for each event: for people, or as JSON. Safe for
/// use by many threads.
final class ServeNews {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Caller caller;
    private final Format format;
    private final InstantSource time;
    private final Consumer<String> also;

    ServeNews(Caller caller, Format format, InstantSource time) {
        this(caller, format, time, _ -> {});
    }

    /// @param also hears what people are told
    ServeNews(Caller caller, Format format, InstantSource time, Consumer<String> also) {
        this.also = also;
        this.caller = caller;
        this.format = format;
        this.time = time;
    }

    /// The beginning of what programs are told.
    ///
    /// @param name a word such as `started`
    Document event(String name) {
        var now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Document().with("event", name).with("time", now.toString());
    }

    /// @param event for programs
    /// @param line for people
    synchronized void tell(Document event, String line) {
        also.accept(line);
        caller.print(
                format == Format.JSON
                        ? event.line()
                        : TIME.format(time.instant()) + "  " + line.replaceAll("\\p{Cntrl}", " "));
        caller.out().flush();
    }
}
