package dev.sloth.cli.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.SecretBackend;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.secret.SecretLimits;
import dev.sloth.core.security.secret.SecretProblems;
import dev.sloth.core.security.secret.SecretVault;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The secrets in a home folder and in the backends, opened when they are first asked for. Used by
/// one thread.
public final class OpenSecrets implements AutoCloseable {
    /// Earlier values that are longer are not looked for in what is shown: they take much room.
    private static final int EARLIER_MAX = 8 << 10;

    private final Path home;
    private final MasterKeys keys;
    private final SecretLimits limits;
    private final RandomGenerator random;
    private final List<SecretBackend> backends;
    private final InstantSource time = InstantSource.system();

    /// What is open: nothing, or both.
    private final List<Opened> opened = new ArrayList<>(1);

    private record Opened(SqliteStore store, SecretVault vault) {}

    public OpenSecrets(
            Path home,
            MasterKeys keys,
            SecretLimits limits,
            RandomGenerator random,
            List<SecretBackend> backends) {
        this.home = home;
        this.keys = keys;
        this.limits = limits;
        this.random = random;
        this.backends = List.copyOf(backends);
    }

    public SecretVault vault() {
        if (opened.isEmpty()) {
            opened.add(open());
        }
        return opened.getFirst().vault();
    }

    private Opened open() {
        var store = SqliteStore.open(home, StoreConfig.DEFAULT, time);
        try {
            boolean fresh = SecretVault.master(store.secrets()).isEmpty();
            var vault =
                    SecretVault.open(
                            store.secrets(),
                            keys.find(fresh),
                            limits,
                            random,
                            time,
                            keys.mark(home));
            return new Opened(store, vault);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    // ---- for a run

    /// What a workflow declares: each name with what it stands for, which is the name of a secret
    /// in this namespace, or a scheme and a place of a backend.
    ///
    /// @throws Problems with everything that is not there or cannot be read
    public Secrets all(String space, Map<String, String> declared) throws InterruptedException {
        if (declared.isEmpty()) {
            return Secrets.NONE;
        }
        var named = new TreeMap<String, Secret>();
        var earlier = new ArrayList<Secret>();
        var problems = new ArrayList<Problem>();
        for (var each : new TreeMap<>(declared).entrySet()) {
            try {
                named.put(each.getKey(), one(space, each.getValue(), earlier));
            } catch (Problems e) {
                e.list().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
            }
        }
        var secrets = new Secrets(named, earlier);
        if (!problems.isEmpty()) {
            secrets.close();
            throw new Problems(problems);
        }
        return secrets;
    }

    private Secret one(String space, String reference, List<Secret> earlier)
            throws InterruptedException {
        int colon = reference.indexOf(':');
        if (colon >= 0) {
            return backend(reference.substring(0, colon)).read(reference.substring(colon + 1));
        }
        var history = vault().history(space, reference);
        if (history.isEmpty()) {
            throw SecretProblems.of(
                    SecretProblems.ABSENT,
                    "there is no secret '%s' in %s, which the workflow declares"
                            .formatted(reference, space),
                    "`sloth-runner secrets set %s` keeps one".formatted(reference));
        }
        history.subList(0, history.size() - 1).stream()
                .filter(secret -> secret.length() <= EARLIER_MAX)
                .forEach(earlier::add);
        return history.getLast();
    }

    private SecretBackend backend(String scheme) {
        return backends.stream()
                .filter(backend -> backend.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() ->
                        SecretProblems.of(
                                "SLOTH-4511",
                                "no keeper of secrets is called '" + scheme + "'",
                                "references begin with one of "
                                        + String.join(
                                                ", ",
                                                backends.stream()
                                                        .map(backend -> backend.scheme() + ":")
                                                        .toList())));
    }

    @Override
    public void close() {
        for (var each : opened) {
            each.vault().close();
            each.store().close();
        }
        opened.clear();
        backends.forEach(SecretBackend::close);
    }
}
