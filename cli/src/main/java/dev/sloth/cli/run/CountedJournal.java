package dev.sloth.cli.run;

import dev.sloth.core.run.Journal;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunState;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A journal beside which a file says how many events it has. A store that lost the end of its log
/// looks as it did before that end was written; this file tells that it is not, and that tasks
/// which are done would be done again.
///
/// The file is written after each commit and never brought to disk, so that it costs next to
/// nothing: after a power failure it may say less than there is, but never more. It is gone once
/// the run has ended.
public final class CountedJournal implements Journal, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CountedJournal.class.getName());
    private static final String NAME = "events";

    private final Journal journal;
    private final Path file;
    private long events;
    private Optional<FileChannel> channel = Optional.empty();

    /// @param folder of the run
    /// @param events that the journal has
    public CountedJournal(Journal journal, Path folder, long events) {
        this.journal = journal;
        this.file = folder.resolve(NAME);
        this.events = events;
    }

    /// @throws StoreFailure `DAMAGED` when the store has lost events
    @Override
    public RunState restore() {
        long counted = counted(file);
        if (counted > events) {
            throw new StoreFailure(
                    Reason.DAMAGED,
                    "the store has lost the last %d of %d events of this run, which were on disk: tasks that are done would be done again. Restore the store from a backup; or delete %s to go on with what is left"
                            .formatted(counted - events, counted, file));
        }
        return journal.restore();
    }

    /// The run's folder says that it was under way.
    public static boolean isIn(Path folder) {
        return counted(folder.resolve(NAME)) > 0;
    }

    /// 0 when the file says nothing.
    private static long counted(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.matches("\\d{19}\n") ? Long.parseLong(text.strip()) : 0;
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be read", e);
            return 0;
        }
    }

    @Override
    public void append(List<RunEvent> step, RunState after) {
        journal.append(step, after);
        events += step.size();
        try {
            count(after.status().ended());
        } catch (IOException e) {
            // It only helps to find damage: the events themselves are kept.
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be written", e);
        }
    }

    private void count(boolean ended) throws IOException {
        if (ended) {
            close();
            Files.deleteIfExists(file);
            return;
        }
        if (channel.isEmpty()) {
            channel =
                    Optional.of(
                            FileChannel.open(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        var text = "%019d\n".formatted(events).getBytes(StandardCharsets.ISO_8859_1);
        channel.get().write(ByteBuffer.wrap(text), 0);
    }

    /// Lets go of the file.
    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
                channel = Optional.empty();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be closed", e);
        }
    }
}
