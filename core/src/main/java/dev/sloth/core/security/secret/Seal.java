package dev.sloth.core.security.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM. What comes out is a format byte, the nonce, and the text with its tag.
interface Seal {
    /// The real one.
    static Seal of(RandomGenerator random) {
        return new AesGcm(random);
    }

    /// What it is for, in parts none of which can run into the next.
    static byte[] about(String... parts) {
        int length = 0;
        var texts = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = parts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + texts[i].length;
        }
        var all = ByteBuffer.allocate(length);
        for (byte[] text : texts) {
            all.putInt(text.length).put(text);
        }
        return all.array();
    }

    byte[] close(byte[] key, byte[] about, byte[] plain);

    /// Empty when it was not closed with this key and for this, or has been changed since.
    Optional<byte[]> open(byte[] key, byte[] about, byte[] sealed);

    /// With a fresh random nonce each time.
    record AesGcm(RandomGenerator random) implements Seal {
        private static final byte FORMAT = 1;
        private static final int NONCE = 12;
        private static final int TAG_BITS = 128;
        private static final int HEAD = 1 + NONCE;

        @Override
        public byte[] close(byte[] key, byte[] about, byte[] plain) {
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            try {
                byte[] text = cipher(Cipher.ENCRYPT_MODE, key, nonce, about).doFinal(plain);
                return ByteBuffer.allocate(HEAD + text.length)
                        .put(FORMAT)
                        .put(nonce)
                        .put(text)
                        .array();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has AES-GCM", e);
            }
        }

        @Override
        public Optional<byte[]> open(byte[] key, byte[] about, byte[] sealed) {
            if (sealed.length < HEAD + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
                return Optional.empty();
            }
            var nonce = Arrays.copyOfRange(sealed, 1, HEAD);
            try {
                return Optional.of(
                        cipher(Cipher.DECRYPT_MODE, key, nonce, about)
                                .doFinal(sealed, HEAD, sealed.length - HEAD));
            } catch (AEADBadTagException _) {
                return Optional.empty();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has AES-GCM", e);
            }
        }

        private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] about)
                throws GeneralSecurityException {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(about);
            return cipher;
        }
    }
}
