package dev.sloth.master.authority;

import dev.sloth.wire.Holder;
import dev.sloth.wire.Identity;
import dev.sloth.wire.KnownSignatures;
import dev.sloth.wire.KnownSignatures.Signature;
import dev.sloth.wire.WireProblems;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Known signatures in a file beside the authority, for the next start of the master: after it all
/// agents come back at once. What is not there, or cannot be believed, is checked again, so nothing
/// has to be on the disk at any moment. For one thread.
///
/// The file is a row of batches: how many bytes it has (4 bytes); of each certificate its
/// fingerprint, the hash of its key, begin and end in seconds, and its holder with a length before
/// (82 bytes and more); and an HMAC-SHA256 of all that with a key that only the authority has. What
/// follows a batch that is not proven so is not read.
public final class SignatureFile {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int HASH_BYTES = KnownSignatures.FINGERPRINT_BYTES;

    /// A longer file is written anew, with what still counts.
    private static final int SIZE_MAX = 32 << 20;

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
            throw WireProblems.unusable(
                    "the file %s cannot be used".formatted(path),
                    e,
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
            int length = bytes.getInt();
            var batch = bytes.slice(bytes.position(), length);
            while (batch.hasRemaining()) {
                var next = signature(batch);
                next.filter(each -> each.holder().until().isAfter(now)).ifPresent(found::add);
            }
            bytes.position(bytes.position() + length + MAC_BYTES);
        }
        return found;
    }

    /// Nothing when it is held by a kind of holder that this version does not know.
    private static Optional<Signature> signature(ByteBuffer bytes) {
        var fingerprint = hash(bytes);
        var key = hash(bytes);
        var from = Instant.ofEpochSecond(bytes.getLong());
        var until = Instant.ofEpochSecond(bytes.getLong());
        var uri = new byte[bytes.getShort()];
        var _ = bytes.get(uri);
        return Identity.read(new String(uri, StandardCharsets.US_ASCII))
                .map(identity ->
                        new Signature(fingerprint, new Holder(identity, key, from, until)));
    }

    private static byte[] hash(ByteBuffer bytes) {
        var hash = new byte[HASH_BYTES];
        var _ = bytes.get(hash);
        return hash;
    }

    private static void put(DataOutputStream out, Signature signature) throws IOException {
        var holder = signature.holder();
        var uri = holder.identity().uri().getBytes(StandardCharsets.US_ASCII);
        out.write(signature.fingerprint());
        out.write(holder.keyHash());
        out.writeLong(holder.from().getEpochSecond());
        out.writeLong(holder.until().getEpochSecond());
        out.writeShort(uri.length);
        out.write(uri);
    }

    /// Whether a whole batch of ours is next.
    private boolean isProven(ByteBuffer bytes) {
        int begin = bytes.position();
        if (bytes.remaining() < Integer.BYTES) {
            return false;
        }
        int batch = bytes.getInt(begin);
        long length = Integer.BYTES + (long) batch;
        if (batch < 0 || length + MAC_BYTES > bytes.remaining()) {
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

    private ByteBuffer batch(List<Signature> signatures) throws IOException {
        var written = new ByteArrayOutputStream();
        var out = new DataOutputStream(written);
        for (var each : signatures) {
            put(out, each);
        }
        int length = Integer.BYTES + written.size();
        var bytes = ByteBuffer.allocate(length + MAC_BYTES).putInt(written.size());
        bytes.put(written.toByteArray());
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
