package dev.sloth.plugins.sops;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Decrypts all values of a document, in their order, and takes the code over them.
final class SopsTree {
    /// What the code begins with where only encrypted values count: the SHA-256 of the word sops.
    private static final byte[] ENCRYPTED_ONLY = sha("SHA-256", "sops");

    private final String file;
    private final SopsDocument document;
    private final SopsCipher cipher;
    private final MessageDigest code;
    private final boolean encryptedOnly;

    SopsTree(String file, SopsDocument document, SopsCipher cipher) {
        this.file = file;
        this.document = document;
        this.cipher = cipher;
        this.code = digest("SHA-512");
        this.encryptedOnly = document.said("mac_only_encrypted").equals("true");
        if (encryptedOnly) {
            code.update(ENCRYPTED_ONLY);
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }

    private static byte[] sha(String name, String text) {
        return digest(name).digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /// All values.
    ///
    /// @throws dev.sloth.api.workflow.Problems when one cannot be decrypted or the code is not that
    ///   of these values
    Value.Table open() {
        var plain = branch(document.values(), "", Optional.empty());
        var said = cipher.open(document.said("mac"), document.said("lastmodified"));
        var taken = HexFormat.of().withUpperCase().formatHex(code.digest());
        if (said.isEmpty()
                || !MessageDigest.isEqual(
                        said.get().text(), taken.getBytes(StandardCharsets.US_ASCII))) {
            throw Trouble.damaged(file, "does not have the values that sops has signed");
        }
        return plain;
    }

    /// @param rule what an earlier part of the path has decided
    private DataTable branch(Value.Table table, String path, Optional<Boolean> rule) {
        var plain = new DataTable();
        for (var entry : table.entries()) {
            boolean item = entry.key() instanceof Value.Num;
            var name = entry.key().toString();
            // Items of a list have the place of their list.
            var place = item ? path : path + name + ":";
            var decided = item ? rule : Rules.of(document, file).after(rule, name);
            plain.put(entry.key(), value(entry.value(), place, decided));
        }
        return plain;
    }

    private Value value(Value value, String place, Optional<Boolean> rule) {
        if (value instanceof Value.Table table) {
            return branch(table, place, rule);
        }
        boolean encrypted = rule.orElseGet(() -> Rules.of(document, file).otherwise());
        var plain = encrypted ? decrypted(value, place) : value;
        if (plain != Value.Nil.NIL && (encrypted || !encryptedOnly)) {
            code.update(counted(plain));
        }
        return plain;
    }

    private Value decrypted(Value value, String place) {
        if (value == Value.Nil.NIL || value.equals(Text.of(""))) {
            return value;
        }
        var opened =
                value instanceof Text text
                        ? cipher.open(text.toString(), place)
                        : Optional.<SopsCipher.Plain>empty();
        return opened.map(plain -> (Value) Text.ofBytes(plain.text()))
                .orElseThrow(() ->
                        Trouble.damaged(
                                file,
                                "has a value at '%s' that cannot be decrypted"
                                        .formatted(place.replaceAll(":$", ""))));
    }

    private static byte[] counted(Value value) {
        return switch (value) {
            case Text text -> text.bytes();
            case Value.Bool bool ->
                    (bool.truthy() ? "True" : "False").getBytes(StandardCharsets.US_ASCII);
            case Value.Num number when number.whole() ->
                    Long.toString((long) number.value()).getBytes(StandardCharsets.US_ASCII);
            case Value.Num number ->
                    BigDecimal.valueOf(number.value())
                            .toPlainString()
                            .getBytes(StandardCharsets.US_ASCII);
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ -> new byte[0];
        };
    }

    /// Which values are encrypted, by their names.
    private record Rules(String kind, Pattern pattern) {
        static Rules of(SopsDocument document, String file) {
            for (var kind :
                    new String[] {
                        "encrypted_regex",
                        "unencrypted_regex",
                        "encrypted_suffix",
                        "unencrypted_suffix"
                    }) {
                var said = document.said(kind);
                if (!said.isEmpty()) {
                    return new Rules(kind, pattern(file, kind, said));
                }
            }
            return new Rules("unencrypted_suffix", Pattern.compile("(?!)"));
        }

        private static Pattern pattern(String file, String kind, String said) {
            if (kind.endsWith("suffix")) {
                return Pattern.compile(Pattern.quote(said) + "$");
            }
            try {
                return Pattern.compile(said);
            } catch (PatternSyntaxException _) {
                throw Trouble.with(
                        file,
                        "has a pattern that is not read here: " + said,
                        "say which values are encrypted by a suffix");
            }
        }

        /// The first name of a path that fits decides for all below it.
        Optional<Boolean> after(Optional<Boolean> before, String name) {
            if (before.isPresent() || !pattern.matcher(name).find()) {
                return before;
            }
            return Optional.of(!kind.startsWith("un"));
        }

        /// What holds where no name fits.
        boolean otherwise() {
            return kind.startsWith("un");
        }
    }
}
