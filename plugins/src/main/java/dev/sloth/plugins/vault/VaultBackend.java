package dev.sloth.plugins.vault;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.SecretBackend;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Secrets in a Vault: `vault:MOUNT/PATH#FIELD`, or `vault:MOUNT/PATH?version=N#FIELD`.
public final class VaultBackend implements SecretBackend {
    private static final Pattern PLACE =
            Pattern.compile("([^/?#]+)/([^?#]+)(?:\\?version=([0-9]{1,9}))?#(.+)");

    private final Map<String, String> environment;
    private final Path folder;
    private final InstantSource time;
    private final List<Entered> entered = new ArrayList<>(1);

    private record Entered(VaultClient client, VaultToken token) {}

    /// @param folder where paths of the environment start
    public VaultBackend(Map<String, String> environment, Path folder, InstantSource time) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.time = time;
    }

    @Override
    public String scheme() {
        return "vault";
    }

    private synchronized Entered entered() {
        if (entered.isEmpty()) {
            var config = VaultConfig.of(environment, folder);
            var client = new VaultClient(config);
            entered.add(new Entered(client, new VaultToken(config, client, time)));
        }
        return entered.getFirst();
    }

    @Override
    public Secret read(String place) throws InterruptedException {
        var parts = PLACE.matcher(place);
        if (!parts.matches()) {
            throw Trouble.with(
                    "'" + place + "' is no place in it",
                    "write it as vault:mount/path#field, or vault:mount/path?version=3#field");
        }
        var path = parts.group(1) + "/" + parts.group(2);
        var version = parts.group(3) == null ? "" : "?version=" + parts.group(3);
        var vault = entered();
        var answer =
                vault.client()
                        .get(
                                encoded(parts.group(1))
                                        + "/data/"
                                        + encoded(parts.group(2))
                                        + version,
                                vault.token().text())
                        .orElseThrow(() ->
                                Trouble.with(
                                        "there is nothing at " + path,
                                        "`vault kv get -mount=%s %s` would show it"
                                                .formatted(parts.group(1), parts.group(2))));
        return field(answer, path, parts.group(4));
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private static Secret field(Value.Table answer, String path, String field) {
        if (!(answer.at("data") instanceof Value.Table outer)
                || !(outer.at("metadata") instanceof Value.Table)) {
            throw Trouble.with(
                    "what is at " + path + " is not of version 2 of the key-value engine",
                    "`vault kv enable-versioning` makes it so");
        }
        if (!(outer.at("data") instanceof Value.Table data)) {
            throw Trouble.with(
                    "this version of %s was deleted".formatted(path),
                    "`vault kv undelete` brings it back, if it was not destroyed");
        }
        return switch (data.at(field)) {
            case Text text when text.bytes().length > 0 -> Secret.of(text.bytes().clone());
            case Value.Num number when number.whole() ->
                    Secret.of(Long.toString((long) number.value()));
            case Value.Num number -> Secret.of(Double.toString(number.value()));
            case Value.Bool bool -> Secret.of(Boolean.toString(bool.truthy()));
            case Text _, Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw Trouble.with(
                            "%s has no field '%s' with a value".formatted(path, field),
                            "fields are the names that `vault kv get` lists");
        };
    }

    @Override
    public synchronized void close() {
        entered.forEach(each -> each.client().close());
        entered.clear();
    }
}
