package dev.sloth.cli.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.SecretBackend;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.security.secret.SecretLimits;
import dev.sloth.core.security.secret.SecretProblems;
import dev.sloth.core.security.secret.SecretVault;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private Optional<SqliteStore> store = Optional.empty();
    private Optional<SecretVault> vault = Optional.empty();

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

    /// @throws Problems when its key is not there, or is another
    public SecretVault vault() {
        if (vault.isEmpty()) {
            boolean fresh = SecretVault.master(store().secrets()).isEmpty();
            vault =
                    Optional.of(
                            SecretVault.open(
                                    store().secrets(),
                                    keys.find(fresh),
                                    limits,
                                    random,
                                    time,
                                    keys.mark(home)));
        }
        return vault.get();
    }

    private SqliteStore store() {
        if (store.isEmpty()) {
            store = Optional.of(SqliteStore.open(home, StoreConfig.DEFAULT, time));
        }
        return store.get();
    }

    // ---- for a run

    /// What a workflow declares: each name with what it stands for, which is the name of a secret
    /// in this namespace, or a scheme and a place of a backend.
    ///
    /// @throws Problems with everything that is not there or cannot be read
    public Secrets all(String space, Map<String, String> declared) throws InterruptedException {
        var found = found(space, declared);
        if (!found.missing().isEmpty()) {
            found.secrets().close();
            throw new Problems(found.problems());
        }
        return found.secrets();
    }

    /// What there is of what a workflow declares.
    ///
    /// @param missing what is not there or cannot be read, by name
    public record Found(Secrets secrets, Map<String, Problems> missing) {
        /// Each once.
        List<Problem> problems() {
            return missing.values().stream()
                    .flatMap(problems -> problems.list().stream())
                    .distinct()
                    .toList();
        }
    }

    /// As [#all], and what is missing is told.
    public Found found(String space, Map<String, String> declared) throws InterruptedException {
        var named = new TreeMap<String, Secret>();
        var earlier = new ArrayList<Secret>();
        var missing = new TreeMap<String, Problems>();
        for (var each : new TreeMap<>(declared).entrySet()) {
            try {
                named.put(each.getKey(), one(space, each.getValue(), earlier));
            } catch (Problems e) {
                missing.put(each.getKey(), e);
            }
        }
        return new Found(new Secrets(named, earlier), missing);
    }

    /// Keeps what a run is given until it has ended, in the place of what was kept of it.
    ///
    /// @throws Problems as [#vault]
    public void give(String space, RunId run, Collection<Secret> values) {
        vault().give(space, run.text(), values);
    }

    /// What is kept of a run; empty, without any key, when nothing is.
    ///
    /// @throws Problems when it cannot be decrypted
    public Optional<List<Secret>> given(RunId run) {
        var secrets = store().secrets();
        boolean kept =
                secrets.begun() && secrets.read(tables -> tables.given(run.text())).isPresent();
        return kept ? vault().given(run.text()) : Optional.empty();
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
        vault.ifPresent(SecretVault::close);
        store.ifPresent(SqliteStore::close);
        vault = Optional.empty();
        store = Optional.empty();
        backends.forEach(SecretBackend::close);
    }
}
