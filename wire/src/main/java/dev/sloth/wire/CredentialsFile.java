package dev.sloth.wire;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A PEM file with a key and what belongs to it, which nobody but its user may read. It is replaced
/// as a whole or not at all.
public record CredentialsFile(Path path) {
    private static final int SIZE_MAX = 64 << 10;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    /// A key with its certificates; nothing when there is no such file.
    ///
    /// @throws Problems when it cannot be used
    public Optional<Credentials> credentials() {
        return text().map(this::credentials);
    }

    private Credentials credentials(String text) {
        try {
            var chain = new ArrayList<X509Certificate>();
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : blocks(text, CERTIFICATE)) {
                chain.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(block)));
            }
            var key = blocks(text, PRIVATE);
            if (key.size() == 1 && !chain.isEmpty()) {
                return new Credentials(
                        KeyFactory.getInstance("EC")
                                .generatePrivate(new PKCS8EncodedKeySpec(key.getFirst())),
                        chain);
            }
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw unusable("holds no key with its certificate", "bring it back from a copy");
        }
        throw unusable("holds no key with its certificate", "bring it back from a copy");
    }

    /// Puts a key with its certificates there.
    public void write(Credentials credentials) {
        write(text(credentials));
    }

    /// What such a file holds.
    public static String text(Credentials credentials) {
        var text = new StringBuilder(pem(PRIVATE, credentials.key().getEncoded()));
        try {
            for (var certificate : credentials.chain()) {
                text.append(pem(CERTIFICATE, certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be written", e);
        }
        return text.toString();
    }

    /// A key without certificate; nothing when there is no such file.
    ///
    /// @throws Problems when it cannot be used
    public Optional<KeyPair> pair() {
        return text().map(text -> {
            try {
                var factory = KeyFactory.getInstance("EC");
                return new KeyPair(
                        factory.generatePublic(
                                new X509EncodedKeySpec(blocks(text, PUBLIC).getFirst())),
                        factory.generatePrivate(
                                new PKCS8EncodedKeySpec(blocks(text, PRIVATE).getFirst())));
            } catch (GeneralSecurityException | RuntimeException _) {
                throw unusable("holds no key", "remove it; a new one is made then");
            }
        });
    }

    /// Puts a key there.
    public void write(KeyPair pair) {
        write(
                pem(PRIVATE, pair.getPrivate().getEncoded())
                        + pem(PUBLIC, pair.getPublic().getEncoded()));
    }

    private static List<byte[]> blocks(String text, String kind) {
        var found = new ArrayList<byte[]>();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals(kind)) {
                found.add(Base64.getMimeDecoder().decode(blocks.group(2)));
            }
        }
        return found;
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes),
                        kind);
    }

    private Optional<String> text() {
        try {
            if (Files.isDirectory(path)) {
                throw unusable("is a folder", "name the file in it");
            }
            var rights = Files.getPosixFilePermissions(path);
            rights.retainAll(OF_OTHERS);
            if (!rights.isEmpty()) {
                throw unusable(
                        "can be read or written by others", "`chmod 600 " + path + "` ends that");
            }
            try (var in = Files.newInputStream(path)) {
                var bytes = in.readNBytes(SIZE_MAX + 1);
                if (bytes.length > SIZE_MAX) {
                    throw unusable("is larger than " + SIZE_MAX + " bytes", "name another file");
                }
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(
                    "cannot be read: " + FileTrouble.words(e), "make it a file that you may read");
        }
    }

    private void write(String text) {
        try {
            var folder = path.toAbsolutePath().resolveSibling(".").normalize();
            if (Files.notExists(folder)) {
                Files.createDirectories(folder, rights("rwx------"));
            }
            var part = Files.createTempFile(folder, "key", ".part", rights("rw-------"));
            try {
                Files.writeString(part, text);
                synced(part);
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
                synced(folder);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw WireProblems.unusable(
                    "the file " + path + " cannot be written",
                    e,
                    "make its folder one that you may write");
        }
    }

    private static void synced(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?> rights(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    private Problems unusable(String why, String remedy) {
        return WireProblems.of(WireProblems.UNUSABLE_FILE, "the file " + path + " " + why, remedy);
    }
}
