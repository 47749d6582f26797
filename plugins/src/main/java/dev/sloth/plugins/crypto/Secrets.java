package dev.sloth.plugins.crypto;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// What nobody may guess: ids, passwords and random bytes.
final class Secrets {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String SYMBOLS = "!@#$%^&*()-_=+[]{}:,.?";
    private static final int LENGTH_MAX = 1 << 20;
    private static final int PASSWORD_MIN = 4;
    private static final int PASSWORD_MAX = 4_096;

    private Secrets() {}

    static Function[] functions() {
        return new Function[] {
            uuid("uuid"), uuid("uuid_v4"), password(), randomString(), randomBytes(),
        };
    }

    private static Function uuid(String name) {
        return Function.named(name)
                .doc("Makes a random id (UUID version 4).")
                .returns("id", Type.STRING, "Such as 3f2b8c1e-....")
                .example("local id = crypto." + name + "()")
                .body(call -> {
                    var bytes = new byte[16];
                    new SecureRandom().nextBytes(bytes);
                    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
                    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
                    var hex = HexFormat.of().formatHex(bytes);
                    return Results.text(
                            String.join(
                                    "-",
                                    hex.substring(0, 8),
                                    hex.substring(8, 12),
                                    hex.substring(12, 16),
                                    hex.substring(16, 20),
                                    hex.substring(20)));
                });
    }

    private static Function password() {
        return Function.named("generate_password")
                .doc("Makes a password with letters of both cases, digits and, if wanted, symbols.")
                .param("length", Type.INTEGER, "How many characters, from 4 to 4096.")
                .optional("symbols", Type.BOOLEAN, "Whether to use symbols; true if nil.")
                .returnsOrNil("password", Type.STRING, "The password, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the length, or nil.")
                .example("local password = crypto.generate_password(24)")
                .body(call -> {
                    long length = call.integer("length");
                    if (length < PASSWORD_MIN || length > PASSWORD_MAX) {
                        return Results.fail(
                                "the length is a number from %d to %d"
                                        .formatted(PASSWORD_MIN, PASSWORD_MAX));
                    }
                    return Results.text(password((int) length, call.flag("symbols", true)));
                });
    }

    /// One of each kind, the rest from all, shuffled.
    private static String password(int length, boolean symbols) {
        var random = new SecureRandom();
        var kinds =
                new ArrayList<>(List.of(LETTERS.substring(0, 26), LETTERS.substring(26), DIGITS));
        if (symbols) {
            kinds.add(SYMBOLS);
        }
        var all = String.join("", kinds);
        var characters = new ArrayList<String>();
        for (int i = 0; i < length; i++) {
            var from = i < kinds.size() ? kinds.get(i) : all;
            characters.add(Character.toString(from.charAt(random.nextInt(from.length()))));
        }
        Collections.shuffle(characters, random);
        return characters.stream().collect(Collectors.joining());
    }

    private static Function randomString() {
        return Function.named("random_string")
                .doc("Makes a random text.")
                .param("length", Type.INTEGER, "How many characters.")
                .optional("charset", Type.STRING, "Of which; letters and digits if nil.")
                .returnsOrNil("text", Type.STRING, "The text, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("local token = crypto.random_string(32)")
                .body(call -> {
                    long length = call.integer("length");
                    var charset = call.text("charset", LETTERS + DIGITS).codePoints().toArray();
                    if (charset.length == 0 || length < 0 || length > LENGTH_MAX) {
                        return Results.fail(
                                "the charset is empty or the length not from 0 to " + LENGTH_MAX);
                    }
                    var random = new SecureRandom();
                    var out = new StringBuilder();
                    for (int i = 0; i < length; i++) {
                        out.appendCodePoint(charset[random.nextInt(charset.length)]);
                    }
                    return Results.text(out.toString());
                });
    }

    private static Function randomBytes() {
        return Function.named("random_bytes")
                .doc("Makes random bytes, as they are; use hex_encode to show them.")
                .param("n", Type.INTEGER, "How many.")
                .returnsOrNil("bytes", Type.STRING, "The bytes, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("local key = crypto.hex_encode(crypto.random_bytes(32))")
                .body(call -> {
                    long n = call.integer("n");
                    if (n < 0 || n > LENGTH_MAX) {
                        return Results.fail("n is a number from 0 to " + LENGTH_MAX);
                    }
                    var bytes = new byte[(int) n];
                    new SecureRandom().nextBytes(bytes);
                    return Results.of(Text.ofBytes(bytes));
                });
    }
}
