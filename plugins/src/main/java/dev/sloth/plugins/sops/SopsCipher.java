package dev.sloth.plugins.sops;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Values as SOPS writes them: AES-256-GCM with the nonce and the tag beside the text.
record SopsCipher(byte[] key) {
    private static final Pattern VALUE =
            Pattern.compile(
                    "ENC\\[AES256_GCM,data:([^,]*),iv:([^,]+),tag:([^,]+),type:([a-z0-9]+)\\]");
    private static final int TAG_BITS = 128;
    private static final int NONCE_MAX = 64;

    /// A decrypted value.
    ///
    /// @param text as it counts for the code over all values
    record Plain(byte[] text, String type) {}

    static boolean isEncrypted(String text) {
        return text.startsWith("ENC[");
    }

    /// Empty when it was not encrypted with this key and for this place, or is no such value.
    Optional<Plain> open(String value, String place) {
        var parts = VALUE.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            byte[] data = Base64.getDecoder().decode(parts.group(1));
            byte[] nonce = Base64.getDecoder().decode(parts.group(2));
            byte[] tag = Base64.getDecoder().decode(parts.group(3));
            if (nonce.length == 0
                    || nonce.length > NONCE_MAX
                    || tag.length * Byte.SIZE != TAG_BITS) {
                return Optional.empty();
            }
            byte[] both = Arrays.copyOf(data, data.length + tag.length);
            System.arraycopy(tag, 0, both, data.length, tag.length);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new Plain(cipher.doFinal(both), parts.group(4)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
