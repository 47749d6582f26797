package dev.sloth.master.authority;

import dev.sloth.wire.KnownSignatures;
import dev.sloth.wire.KnownSignatures.Signature;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Known signatures in a file beside the authority, for the next start of the master: after it all
/// agents come back at once. What is not there, or cannot be believed, is checked again, so nothing
/// has to be on the disk at any moment. For one thread.
///
/// The file is a row of batches: how many (4 bytes), each with its fingerprint and its end in
/// seconds (40 bytes), and an HMAC-SHA256 of all that with a key that only the authority has. What
/// follows a batch that is not proven so is not read.
public final class SignatureFile {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int SIGNATURE_BYTES = KnownSignatures.FINGERPRINT_BYTES + Long.BYTES;

    /// A longer file is written anew, with what still counts.
    private static final int SIZE_MAX = 8 << 20;

    private final Path path;
    private final KnownSignatures known;
    private final SecretKey key;
    private final InstantSource time;

    private SignatureFile(Path path, KnownSignatures known, SecretKey key, InstantSource time) {
        this.path = path;
        this.known = known;
        this.key = key;
        this.time = time;
    }

    /// Brings back what is in a file.
    ///
    /// @throws dev.sloth.api.workflow.Problems when it can be neither read nor written
    public static SignatureFile open(Path path, Authority authority, InstantSource time) {
        var file =
                new SignatureFile(path, authority.signatures(), authority.secret(ALGORITHM), time);
        try {
            file.known.bringBack(file.read());
            file.rewrite();
        } catch (IOException e) {
            throw WireProblems.of(
                    WireProblems.UNUSABLE_FILE,
                    "the file %s cannot be used: %s".formatted(path, e),
                    "make its folder one that the master may write");
        }
        return file;
    }

    private List<Signature> read() throws IOException {
        if (Files.notExists(path) || Files.size(path) > 2L * SIZE_MAX) {
            return List.of();
        }
        var found = new ArrayList<Signature>();
        var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        var now = time.instant();
        while (isProven(bytes)) {
            for (int left = bytes.getInt(); left > 0; left--) {
                var fingerprint = new byte[KnownSignatures.FINGERPRINT_BYTES];
                var until = Instant.ofEpochSecond(bytes.get(fingerprint).getLong());
                if (until.isAfter(now)) {
                    found.add(new Signature(fingerprint, until));
                }
            }
            bytes.position(bytes.position() + MAC_BYTES);
        }
        return found;
    }

    /// Whether a whole batch of ours is next.
    private boolean isProven(ByteBuffer bytes) {
        int begin = bytes.position();
        if (bytes.remaining() < Integer.BYTES) {
            return false;
        }
        int count = bytes.getInt(begin);
        long length = Integer.BYTES + (long) count * SIGNATURE_BYTES;
        if (count < 0 || length + MAC_BYTES > bytes.remaining()) {
            return false;
        }
        var mac = new byte[MAC_BYTES];
        var _ = bytes.get(begin + (int) length, mac);
        return MessageDigest.isEqual(mac, mac(bytes.slice(begin, (int) length)));
    }

    private byte[] mac(ByteBuffer bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(bytes);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java knows no " + ALGORITHM, e);
        }
    }

    private ByteBuffer batch(List<Signature> signatures) {
        int length = Integer.BYTES + signatures.size() * SIGNATURE_BYTES;
        var bytes = ByteBuffer.allocate(length + MAC_BYTES).putInt(signatures.size());
        signatures.forEach(
                each -> bytes.put(each.fingerprint()).putLong(each.until().getEpochSecond()));
        return bytes.put(mac(bytes.slice(0, length))).flip();
    }

    /// Adds what came to be known since the last time.
    ///
    /// @throws UncheckedIOException when it cannot; nothing is worse for that but the next start
    public void save() {
        known.tidy(time.instant());
        var news = known.news();
        if (news.isEmpty()) {
            return;
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.APPEND)) {
            write(channel, batch(news));
            if (channel.size() > SIZE_MAX) {
                rewrite();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the known signatures cannot be kept", e);
        }
    }

    private void rewrite() throws IOException {
        var mine = PosixFilePermissions.fromString("rw-------");
        var part =
                Files.createTempFile(
                        path.toAbsolutePath().getParent(),
                        "signatures",
                        ".part",
                        PosixFilePermissions.asFileAttribute(mine));
        try {
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                write(channel, batch(known.all()));
            }
            var _ = Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            boolean _ = Files.deleteIfExists(part);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
    }
}
