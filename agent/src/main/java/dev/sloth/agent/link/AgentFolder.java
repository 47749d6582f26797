package dev.sloth.agent.link;

import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.Keys;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.OwnFolder;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;

/// What an agent keeps of itself, in a folder that is its own until this is closed.
public final class AgentFolder implements AutoCloseable {
    private static final String NAME = "name";
    private static final String SLOTS = "slots";

    private final CredentialsFile kept;
    private final CredentialsFile key;
    private final FileChannel lock;
    private Optional<LiveCredentials> live = Optional.empty();
    private final Path path;

    private AgentFolder(Path folder, FileChannel lock) {
        this.path = folder;
        this.kept = new CredentialsFile(folder.resolve("agent.pem"));
        this.key = new CredentialsFile(folder.resolve("agent.key"));
        this.lock = lock;
    }

    /// Opens a folder, which is made when it is not there.
    ///
    /// @throws dev.sloth.api.workflow.Problems when another agent has it, or it cannot be made
    public static AgentFolder open(Path folder) {
        try {
            var channel =
                    FileChannel.open(
                            OwnFolder.made(folder).resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw WireProblems.of(
                        "SLOTH-4724",
                        "an agent runs in %s already".formatted(folder),
                        "end that one, or choose another folder with --data");
            }
            return new AgentFolder(folder, channel);
        } catch (IOException e) {
            throw OwnFolder.unusable(folder, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    /// Nothing before the agent has joined.
    public Optional<Credentials> credentials() {
        return kept.credentials();
    }

    /// Those that the agent shows, of which the next ones take the place of the last.
    ///
    /// Whether they are over is for the master to say: this machine's clock may be wrong.
    ///
    /// @throws dev.sloth.api.workflow.Problems when there are none
    public synchronized LiveCredentials live() {
        var now =
                credentials()
                        .orElseThrow(() ->
                                WireProblems.of(
                                        "SLOTH-4725",
                                        "this machine is no agent yet",
                                        "give it a token with --token; `sloth-runner agent token"
                                                + " create` makes one on the master"));
        if (live.isEmpty()) {
            live = Optional.of(new LiveCredentials(now));
        }
        return live.get();
    }

    public synchronized void keep(Credentials credentials) {
        kept.write(credentials);
        live.ifPresent(shown -> shown.replace(credentials));
    }

    /// That a token is one of another master than the one whose agent is in this folder.
    public Problems ofAnother() {
        return WireProblems.of(
                "SLOTH-4738",
                "the folder %s is that of %s, of another master than the one of the token"
                        .formatted(
                                path.toAbsolutePath().normalize(),
                                name().map("the agent '%s'"::formatted).orElse("an agent")),
                "choose another folder with --data, or empty this one; if this machine is to stay"
                        + " with that master, start without the token");
    }

    public Path path() {
        return path;
    }

    /// What the agent is called, as it was told when it joined; nothing before.
    public Optional<String> name() {
        try {
            return Optional.of(Files.readString(path.resolve(NAME)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    void keepName(String name) {
        keep(NAME, name);
    }

    /// As a whole or not at all: a process may be killed at any moment.
    private void keep(String file, String text) {
        try {
            var part = Files.createTempFile(path, file, ".part");
            Files.writeString(part, text);
            Files.move(part, path.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw OwnFolder.unusable(path, e);
        }
    }

    /// How many slots it was last asked to have; nothing when nobody has said.
    ///
    /// @throws dev.sloth.api.workflow.Problems when that cannot be read
    public OptionalInt slots() {
        var file = path.resolve(SLOTS);
        try {
            return Files.exists(file)
                    ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            throw OwnFolder.unusable(path, new IOException("its file 'slots' has no number", e));
        } catch (IOException e) {
            throw OwnFolder.unusable(path, e);
        }
    }

    /// @throws dev.sloth.api.workflow.Problems when it cannot be kept
    public void keepSlots(int slots) {
        keep(SLOTS, Integer.toString(slots));
    }

    /// The key to join with. It is kept first, so that whoever joins again after a lost answer is
    /// known.
    KeyPair pair(SecureRandom random) {
        var before = credentials().map(Credentials::pair).or(key::pair);
        if (before.isPresent()) {
            return before.get();
        }
        var made = Keys.make(random);
        key.write(made);
        return made;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger(AgentFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "a lock was not given back", e);
        }
    }
}
