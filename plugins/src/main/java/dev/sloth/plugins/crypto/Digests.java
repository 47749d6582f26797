package dev.sloth.plugins.crypto;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Digests and encodings, which the module `strings` offers as well.
public final class Digests {
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    /// The function of one digest, under its usual name such as `sha256`.
    public static Function digest(String algorithm) {
        return Function.named(algorithm)
                .doc("Computes the " + algorithm.toUpperCase(Locale.ROOT) + " digest of a text.")
                .param("text", Type.STRING, "The bytes.")
                .returns("digest", Type.STRING, "The digest in hexadecimal.")
                .example("crypto." + algorithm + "(\"text\")")
                .body(call -> Results.text(hex(algorithm, call.bytes("text").bytes())));
    }

    /// The functions `base64_encode` and `base64_decode`.
    public static Function[] encodings() {
        return new Function[] {base64Encode(), base64Decode()};
    }

    private static Function base64Encode() {
        return Function.named("base64_encode")
                .doc("Writes bytes as base64.")
                .param("text", Type.STRING, "The bytes.")
                .returns("encoded", Type.STRING, "The same as base64.")
                .example("crypto.base64_encode(\"sloth\") -- c2xvdGg=")
                .body(call ->
                        Results.text(
                                Base64.getEncoder().encodeToString(call.bytes("text").bytes())));
    }

    private static Function base64Decode() {
        return Function.named("base64_decode")
                .doc("Reads base64; line ends are ignored.")
                .param("text", Type.STRING, "The base64.")
                .returnsOrNil("bytes", Type.STRING, "The bytes, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("crypto.base64_decode(\"c2xvdGg=\") -- sloth")
                .body(call -> {
                    var text = call.text("text").replace("\n", "").replace("\r", "");
                    try {
                        return Results.of(Text.ofBytes(Base64.getDecoder().decode(text)));
                    } catch (IllegalArgumentException e) {
                        return Results.fail("not base64: " + e.getMessage());
                    }
                });
    }

    static Function hexEncode() {
        return Function.named("hex_encode")
                .doc("Writes bytes as hexadecimal.")
                .param("text", Type.STRING, "The bytes.")
                .returns("encoded", Type.STRING, "The same as hexadecimal.")
                .example("crypto.hex_encode(\"A\") -- 41")
                .body(call -> Results.text(HEX.formatHex(call.bytes("text").bytes())));
    }

    static Function hexDecode() {
        return Function.named("hex_decode")
                .doc("Reads hexadecimal.")
                .param("text", Type.STRING, "The hexadecimal.")
                .returnsOrNil("bytes", Type.STRING, "The bytes, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("crypto.hex_decode(\"41\") -- A")
                .body(call -> {
                    try {
                        return Results.of(Text.ofBytes(HEX.parseHex(call.text("text"))));
                    } catch (IllegalArgumentException e) {
                        return Results.fail("not hexadecimal: " + e.getMessage());
                    }
                });
    }

    static Function hash() {
        return Function.named("hash")
                .doc("Computes a digest by the name of its algorithm.")
                .param("algorithm", Type.STRING, "md5, sha1, sha256 or sha512.")
                .param("text", Type.STRING, "The bytes. The two may also be given the other way.")
                .returnsOrNil("digest", Type.STRING, "The digest in hexadecimal, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("crypto.hash(\"sha256\", \"text\")")
                .body(call -> {
                    var first = call.bytes("algorithm");
                    var second = call.bytes("text");
                    if (known(first.toString())) {
                        return digest(first.toString(), second);
                    }
                    return known(second.toString())
                            ? digest(second.toString(), first)
                            : Results.fail("there is no digest called " + first);
                });
    }

    private static List<Value> digest(String algorithm, Text text) {
        return Results.text(hex(algorithm, text.bytes()));
    }

    static Function hmac() {
        return Function.named("hmac")
                .doc("Computes a keyed digest (HMAC), which shows that a text was not changed.")
                .param("algorithm", Type.STRING, "md5, sha1, sha256 or sha512.")
                .param("key", Type.STRING, "The key.")
                .param("text", Type.STRING, "The bytes.")
                .returnsOrNil("digest", Type.STRING, "The digest in hexadecimal, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("crypto.hmac(\"sha256\", key, body)")
                .body(call -> {
                    var algorithm = call.text("algorithm").toLowerCase(Locale.ROOT);
                    var key = call.bytes("key").bytes();
                    if (!known(algorithm) || key.length == 0) {
                        return Results.fail("no such digest, or the key is empty");
                    }
                    return Results.text(
                            HEX.formatHex(mac(algorithm, key, call.bytes("text").bytes())));
                });
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] text) {
        try {
            var name = "Hmac" + algorithm.toUpperCase(Locale.ROOT);
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new CallFailure("this Java has no HMAC by " + algorithm, e);
        }
    }

    private static boolean known(String algorithm) {
        return switch (algorithm.toLowerCase(Locale.ROOT)) {
            case "md5", "sha1", "sha256", "sha512" -> true;
            default -> false;
        };
    }

    private static String hex(String algorithm, byte[] bytes) {
        var name =
                switch (algorithm.toLowerCase(Locale.ROOT)) {
                    case "md5" -> "MD5";
                    case "sha1" -> "SHA-1";
                    case "sha256" -> "SHA-256";
                    case "sha512" -> "SHA-512";
                    default -> throw new CallFailure("there is no digest called " + algorithm);
                };
        try {
            return HEX.formatHex(MessageDigest.getInstance(name).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new CallFailure("this Java has no " + name, e);
        }
    }
}
