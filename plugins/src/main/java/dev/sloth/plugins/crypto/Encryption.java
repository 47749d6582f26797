package dev.sloth.plugins.crypto;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM. The result is base64 of: version 1, salt of 16 bytes, nonce of 12 bytes, text with
/// its tag of 16 bytes. The key is PBKDF2-HMAC-SHA256 of the given one in hexadecimal.
final class Encryption {
    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    private static final int ROUNDS = 210_000;

    private Encryption() {}

    static Function[] functions() {
        return new Function[] {encrypt(), decrypt()};
    }

    private static Function encrypt() {
        return Function.named("aes_encrypt")
                .doc("Encrypts a text by AES-256-GCM under a key derived from a password.")
                .param("text", Type.STRING, "The bytes.")
                .param("key", Type.STRING, "The password, of any length.")
                .returnsOrNil("encrypted", Type.STRING, "The encrypted text as base64, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("local sealed = crypto.aes_encrypt(\"text\", password)")
                .body(call -> {
                    var text = call.bytes("text").bytes();
                    return crypted(call, key -> sealed(text, key));
                });
    }

    private static Function decrypt() {
        return Function.named("aes_decrypt")
                .doc("Decrypts what aes_encrypt gave; a wrong key or any change is refused.")
                .param("encrypted", Type.STRING, "What aes_encrypt gave.")
                .param("key", Type.STRING, "The same password.")
                .returnsOrNil("text", Type.STRING, "The bytes, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("local text, err = crypto.aes_decrypt(sealed, password)")
                .body(call -> {
                    var encrypted = call.text("encrypted");
                    return crypted(call, key -> opened(encrypted, key));
                });
    }

    /// Encrypts or decrypts under the given password.
    private interface Work {
        Text with(byte[] password) throws GeneralSecurityException;
    }

    /// Deriving a key takes long on purpose, so others run meanwhile.
    private static List<Value> crypted(Call call, Work work)
            throws InterruptedException, IOException {
        var password = call.bytes("key").bytes();
        if (password.length == 0) {
            return Results.fail("the key is empty");
        }
        return call.host()
                .blocking(() -> {
                    try {
                        return Results.of(work.with(password));
                    } catch (GeneralSecurityException | IllegalArgumentException _) {
                        return Results.fail(
                                "cannot be decrypted: wrong key, or changed on the way");
                    }
                });
    }

    private static Text sealed(byte[] text, byte[] password) throws GeneralSecurityException {
        var random = new SecureRandom();
        var salt = new byte[SALT_BYTES];
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        var body = cipher(Cipher.ENCRYPT_MODE, password, salt, nonce).doFinal(text);
        var all = ByteBuffer.allocate(1 + SALT_BYTES + NONCE_BYTES + body.length);
        all.put(VERSION).put(salt).put(nonce).put(body);
        return Text.of(Base64.getEncoder().encodeToString(all.array()));
    }

    private static Text opened(String encrypted, byte[] password) throws GeneralSecurityException {
        var all = ByteBuffer.wrap(Base64.getDecoder().decode(encrypted));
        if (all.remaining() < 1 + SALT_BYTES + NONCE_BYTES + TAG_BITS / 8 || all.get() != VERSION) {
            throw new IllegalArgumentException("not of this format");
        }
        var salt = new byte[SALT_BYTES];
        var nonce = new byte[NONCE_BYTES];
        all.get(salt).get(nonce);
        var body = new byte[all.remaining()];
        all.get(body);
        return Text.ofBytes(cipher(Cipher.DECRYPT_MODE, password, salt, nonce).doFinal(body));
    }

    private static Cipher cipher(int mode, byte[] password, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        var hex = HexFormat.of().formatHex(password).toCharArray();
        var derived =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(new PBEKeySpec(hex, salt, ROUNDS, KEY_BITS))
                        .getEncoded();
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
