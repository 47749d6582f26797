package dev.sloth.plugins.sops;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.SecretBackend;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Files that SOPS has encrypted: `sops:file.yaml#key`, where a dot leads into tables and lists.
public final class SopsBackend implements SecretBackend {
    /// Keys of clouds, of PGP, and of Vault's transit engine.
    private static final List<String> OTHERS =
            List.of("kms", "gcp_kms", "azure_kv", "hc_vault", "hckms", "pgp");

    private final Path project;
    private final Path folder;
    private final Map<String, String> environment;

    /// @param project where relative paths start
    /// @param folder where the paths of the environment start
    public SopsBackend(Path project, Path folder, Map<String, String> environment) {
        this.project = project;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String scheme() {
        return "sops";
    }

    @Override
    public Secret read(String place) {
        int hash = place.lastIndexOf('#');
        if (hash < 1 || hash == place.length() - 1) {
            throw Trouble.with(
                    "'" + place + "'", "is no place in a file", "write it as sops:file.yaml#key");
        }
        var file = place.substring(0, hash);
        var document = SopsDocument.read(file, bytes(file));
        refuseOthers(file, document);
        var values = new SopsTree(file, document, new SopsCipher(key(file, document))).open();
        return found(file, values, place.substring(hash + 1));
    }

    private byte[] bytes(String file) {
        try (var in = Files.newInputStream(project.resolve(file))) {
            int most = DocumentBounds.STANDARD.bytes();
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw Trouble.with(file, "is larger than " + most + " bytes", "split it");
            }
            return bytes;
        } catch (NoSuchFileException _) {
            throw Trouble.with(
                    file, "is not there", "paths start at the folder of the workflow's script");
        } catch (IOException e) {
            throw Trouble.with(
                    file,
                    "cannot be read: " + Failures.sentence(e),
                    "name a file that you may read");
        } catch (InvalidPathException e) {
            throw Trouble.with(file, "is not a path: " + e.getReason(), "name a file");
        }
    }

    private static void refuseOthers(String file, SopsDocument document) {
        if (document.has("key_groups") || !document.said("shamir_threshold").isEmpty()) {
            throw Trouble.with(
                    file,
                    "has a key that is split into shares, which is not read here",
                    "encrypt it for age keys without key groups");
        }
        if (!document.said("encrypted_comment_regex").isEmpty()
                || !document.said("unencrypted_comment_regex").isEmpty()) {
            throw Trouble.with(
                    file,
                    "says by comments which values are encrypted, which is not read here",
                    "say it by a suffix or by a pattern for names");
        }
        if (!document.has("age")) {
            var kinds = OTHERS.stream().filter(document::has).toList();
            throw Trouble.with(
                    file,
                    kinds.isEmpty()
                            ? "is for no key at all"
                            : "is for keys of another kind (%s), which are not read here"
                                    .formatted(String.join(", ", kinds)),
                    "`sops rotate --add-age RECIPIENT` adds an age key");
        }
    }

    private byte[] key(String file, SopsDocument document) {
        var identities = AgeIdentities.find(environment, folder);
        if (document.about().at("age") instanceof Value.Table recipients) {
            for (var each : recipients.entries()) {
                if (each.value() instanceof Value.Table one
                        && one.at("enc") instanceof Text armored) {
                    var key = identities.open(armored.toString());
                    if (key.isPresent()) {
                        return key.get();
                    }
                }
            }
        }
        throw Trouble.with(
                file,
                "is for none of the age identities that are there, or its key is damaged",
                "SOPS_AGE_KEY_FILE names the file with the identity");
    }

    private static Secret found(String file, Value.Table values, String key) {
        Value at = values.at(key);
        if (at == Value.Nil.NIL) {
            at = values;
            for (var part : key.split("\\.", -1)) {
                at = at instanceof Value.Table table ? step(table, part) : Value.Nil.NIL;
            }
        }
        return switch (at) {
            case Text text when text.bytes().length > 0 -> Secret.of(text.bytes().clone());
            case Value.Num number when number.whole() ->
                    Secret.of(Long.toString((long) number.value()));
            case Value.Num number -> Secret.of(Double.toString(number.value()));
            case Value.Bool bool -> Secret.of(Boolean.toString(bool.truthy()));
            case Text _, Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw Trouble.with(
                            file,
                            "has no value at '" + key + "'",
                            "dots lead into tables and lists, such as db.password or hosts.1.token");
        };
    }

    private static Value step(Value.Table table, String part) {
        var named = table.at(part);
        return named == Value.Nil.NIL && part.matches("[0-9]{1,6}")
                ? table.at(Integer.parseInt(part))
                : named;
    }
}
