package dev.sloth.wire;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an agent joins with: which token it is, the secret that proves it, and the pin that the
/// authority of the master must have.
public final class JoinToken {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 5;
    private static final Pattern TEXT =
            Pattern.compile("slj_([0-9a-f]{10})\\.([A-Za-z0-9_-]{43})\\.([0-9a-f]{64})");

    private final String id;
    private final byte[] secret;
    private final byte[] pin;

    private JoinToken(String id, byte[] secret, byte[] pin) {
        this.id = id;
        this.secret = secret;
        this.pin = pin;
    }

    /// A new one.
    ///
    /// @param pin [Keys#pin] of the authority
    public static JoinToken make(SecureRandom random, byte[] pin) {
        var id = new byte[ID_BYTES];
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new JoinToken(HexFormat.of().formatHex(id), secret, pin.clone());
    }

    /// @throws dev.sloth.api.workflow.Problems when the text is no token
    public static JoinToken of(String text) {
        return read(text)
                .orElseThrow(() ->
                        WireProblems.of(
                                WireProblems.NO_TOKEN,
                                "this is no join token",
                                "copy all of the line that `sloth-runner agent token create` shows;"
                                        + " it begins with slj_"));
    }

    /// Nothing when the text is no token.
    public static Optional<JoinToken> read(String text) {
        var matcher = TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(
                        new JoinToken(
                                matcher.group(1),
                                Base64.getUrlDecoder().decode(matcher.group(2)),
                                HexFormat.of().parseHex(matcher.group(3))))
                : Optional.empty();
    }

    public String id() {
        return id;
    }

    public byte[] secret() {
        return secret.clone();
    }

    public byte[] pin() {
        return pin.clone();
    }

    /// All of it, for the one who is to join.
    public String reveal() {
        return "slj_%s.%s.%s"
                .formatted(
                        id,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                        HexFormat.of().formatHex(pin));
    }

    @Override
    public String toString() {
        return "JoinToken[" + id + "]";
    }
}
