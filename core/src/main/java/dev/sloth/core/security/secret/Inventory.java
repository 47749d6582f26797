package dev.sloth.core.security.secret;

import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MarkedRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretTables;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Knows which rows there should be. The key of a namespace stands beside a digest of the rows of
/// the namespace; the master key's row holds a count of changes and a code over it, over all keys
/// and over all digests. So no row can be taken away, added or put back for which the master key is
/// needed, and no namespace either.
///
/// The digest takes the beginning of what is sealed for the whole: that holds the nonce, which no
/// two encryptions share, and decryption finds what else was changed.
///
/// @param least how many changes there were at least: with fewer, it is an older store
record Inventory(SecretTables tables, MasterKey master, long least) {
    private static final String PURPOSE = "sloth-runner secrets: seal over all namespaces";

    /// @throws dev.sloth.api.workflow.Problems when the rows of the namespace, or the keys, are not
    ///   those of the last change
    void check(String space) {
        checkKeys();
        var rows = tables.marked(space);
        var key = tables.key(space);
        if (key.isEmpty() && !rows.isEmpty()) {
            throw SecretProblems.damaged("the key of the namespace '" + space + "'");
        }
        if (key.isPresent() && !key.get().digest().equals(digest(rows))) {
            throw SecretProblems.notWhole("the secrets of the namespace '" + space + "' are");
        }
    }

    /// As above, for the keys alone.
    void checkKeys() {
        var row =
                tables.master()
                        .orElseThrow(() -> SecretProblems.damaged("the row of the master key"));
        if (!row.id().equals(master.id())) {
            throw SecretProblems.otherKey();
        }
        boolean same =
                MessageDigest.isEqual(bytes(row.seal()), bytes(code(row.changes(), tables.keys())));
        if (!same) {
            throw SecretProblems.notWhole("the list of all namespaces is");
        }
        if (row.changes() < least) {
            throw SecretProblems.older(row.changes(), least);
        }
    }

    /// Takes the rows of these namespaces, and all keys, for what should be there.
    void seal(String... changed) {
        for (var space : changed) {
            var digest = digest(tables.marked(space));
            tables.key(space).ifPresent(row -> tables.putKey(row.over(digest)));
        }
        sealed(tables.master().map(MasterRow::changes).orElse(0L) + 1);
    }

    /// As above, also for a store that is older than what was seen.
    void accept(String... spaces) {
        seal(spaces);
        sealed(Math.max(least, tables.master().map(MasterRow::changes).orElse(0L)) + 1);
    }

    private void sealed(long changes) {
        tables.putMaster(
                new MasterRow(
                        master.id(), master.derivation(), changes, code(changes, tables.keys())));
    }

    private String code(long changes, List<KeyRow> keys) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(Seal.about(Long.toString(changes), master.id(), master.derivation()));
        for (var key : keys) {
            all.writeBytes(
                    Seal.about(
                            key.space(),
                            Long.toString(key.generation()),
                            key.master(),
                            HexFormat.of().formatHex(key.wrapped()),
                            key.at().toString(),
                            key.digest()));
        }
        return HexFormat.of().formatHex(master.code(PURPOSE, all.toByteArray()));
    }

    private static String digest(List<MarkedRow> rows) {
        var digest = sha256();
        for (var each : rows) {
            var row = each.row();
            digest.update(
                    Seal.about(
                            row.name(),
                            Long.toString(row.version()),
                            Integer.toString(row.size()),
                            row.at().toString(),
                            HexFormat.of().formatHex(each.mark())));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
