package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Hook;
import dev.sloth.api.event.HookBook;
import dev.sloth.api.event.HookDelivery;
import dev.sloth.api.event.HookWish;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.HookAsk;
import dev.sloth.wire.shared.HookAsk.Wish;
import dev.sloth.wire.shared.HookSaid;
import dev.sloth.wire.shared.Numbered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The hooks of a master, for those who work on one order. The master takes the code of a hook from
/// what the run keeps; it is told what this machine has there so that it can say when the two
/// differ.
final class RemoteHooks implements HookBook {
    private final Lines lines;
    private final Tries tries;
    private final Numbers numbers;
    private final Asking asking;
    private final Path project;
    private final long answerMax;

    /// @param project where the files of the run are on this machine
    /// @param answerMax how many bytes an answer may have
    RemoteHooks(
            Lines lines,
            Tries tries,
            Numbers numbers,
            Asking asking,
            Path project,
            long answerMax) {
        this.lines = lines;
        this.tries = tries;
        this.numbers = numbers;
        this.asking = asking;
        this.project = project;
        this.answerMax = answerMax;
    }

    @Override
    public Kept put(HookWish wish) {
        return switch (asked(new Wish.Put(inProject(wish), sha256(wish.file())))) {
            case HookSaid.ItIsKept(var kept) -> kept;
            case HookSaid.Changed _, HookSaid.These _, HookSaid.Refused _ -> throw unreadable();
        };
    }

    /// Nobody else knows where this machine has the project.
    private HookWish inProject(HookWish wish) {
        var here = here();
        if (!wish.file().startsWith(here) || wish.file().equals(here)) {
            throw new EventRefusal(
                    Reason.WRONG,
                    "the file %s of a hook is not one of the project: give its path there, as text in the call"
                            .formatted(wish.file()));
        }
        return new HookWish(
                wish.name(),
                here.relativize(wish.file()),
                wish.types(),
                wish.condition(),
                wish.description(),
                wish.power(),
                wish.timeout(),
                wish.attempts(),
                wish.replace());
    }

    private Path here() {
        try {
            return project.toRealPath();
        } catch (IOException _) {
            return project.toAbsolutePath().normalize();
        }
    }

    /// Empty when the file cannot be read: the master knows whether it should be there.
    private static String sha256(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException _) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean remove(String name) {
        return changed(new Wish.Remove(name));
    }

    @Override
    public boolean power(String name, boolean on) {
        return changed(new Wish.Switch(name, on));
    }

    private boolean changed(Wish wish) {
        return switch (asked(wish)) {
            case HookSaid.Changed(boolean something) -> something;
            case HookSaid.ItIsKept _, HookSaid.These _, HookSaid.Refused _ -> throw unreadable();
        };
    }

    @Override
    public List<Hook> list() {
        return these(new Wish.All());
    }

    @Override
    public Optional<Hook> find(String name) {
        return these(new Wish.Find(name)).stream().findFirst();
    }

    private List<Hook> these(Wish wish) {
        return switch (asked(wish)) {
            case HookSaid.These(var hooks) -> hooks;
            case HookSaid.Changed _, HookSaid.ItIsKept _, HookSaid.Refused _ -> throw unreadable();
        };
    }

    /// What hooks say while they are called is not for agents to read.
    @Override
    public List<HookDelivery> history(String name, int limit) {
        throw new EventRefusal(
                Reason.WRONG,
                "what hooks were told is not shown to agents: look at it on the machine of the master"
                        + " with `sloth-runner hook history`");
    }

    private static EventRefusal unreadable() {
        return new EventRefusal(
                Reason.WRONG,
                "the master did not answer what was asked of its hooks: use the same version of"
                        + " sloth-runner on both sides");
    }

    /// @throws EventRefusal when it is refused, whatever for
    private HookSaid asked(Wish wish) {
        Optional<Numbered> number = wish.changes() ? Optional.of(numbers.next()) : Optional.empty();
        var parts = new HookAsk(asking, number, wish).parts();
        try {
            var said =
                    tries.made(patience -> {
                        var left = patience.left();
                        var call =
                                lines.quick()
                                        .withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS)
                                        .hooks();
                        try (var incoming = new Incoming(call, answerMax)) {
                            Incoming.send(call, parts, left);
                            return HookSaid.of(incoming.next(left));
                        }
                    });
            if (said instanceof HookSaid.Refused refused) {
                throw refused.refusal();
            }
            return said;
        } catch (Unanswered e) {
            throw new EventRefusal(Reason.AWAY, String.valueOf(e.getMessage()));
        } catch (Problems e) {
            throw refusal(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new EventRefusal(
                    Reason.AWAY, "interrupted while the master was asked: try again");
        }
    }

    private static EventRefusal refusal(Problems refused) {
        var why = refused.list().getFirst();
        if (why.code().equals(WireProblems.OTHER_VERSION)) {
            return new EventRefusal(
                    Reason.WRONG,
                    "hooks are kept on the machine of the master: use them in a task that runs"
                            + " there, or with `sloth-runner hook`");
        }
        return new EventRefusal(
                Reason.WRONG, "%s: %s [%s]".formatted(why.message(), why.remedy(), why.code()));
    }
}
