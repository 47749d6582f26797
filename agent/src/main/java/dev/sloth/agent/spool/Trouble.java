package dev.sloth.agent.spool;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Why a spool cannot write at present, and what is wrong with what it has; somebody is told.
final class Trouble {
    private final Path folder;
    private final Consumer<Problem> news;
    private final AtomicReference<Optional<IOException>> present =
            new AtomicReference<>(Optional.empty());

    /// @param news hears of it; the same again and again on a disk that stays full, which is
    ///   written to whenever a little room has been made
    Trouble(Path folder, Consumer<Problem> news) {
        this.folder = folder;
        this.news = news;
    }

    void begins(IOException why) {
        if (present.getAndSet(Optional.of(why)).isEmpty()) {
            news.accept(
                    unkept(
                            "lines of tasks cannot be kept in %s and wait: %s"
                                    .formatted(folder, FileTrouble.words(why)),
                            "make room on that disk: the tasks go on then"));
        }
    }

    void ends() {
        if (present.get().isPresent()) {
            present.set(Optional.empty());
        }
    }

    Optional<IOException> present() {
        return present.get();
    }

    /// Something of what was kept is not as it was written.
    void damaged(String what) {
        news.accept(
                new Problem(
                        "SLOTH-4746",
                        what,
                        Span.NOWHERE,
                        "look after the disk of %s; the agent goes on".formatted(folder)));
    }

    static Problem unkept(String what, String remedy) {
        return new Problem("SLOTH-4745", what, Span.NOWHERE, remedy);
    }
}
