package dev.sloth.core.security.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The secrets of a store. Safe for use by many threads.
///
/// All its problems are [dev.sloth.api.workflow.Problems] with the codes 45xx.
public final class SecretVault implements AutoCloseable {
    private final SecretStore store;
    private final SecretLimits limits;
    private final RandomGenerator random;
    private final InstantSource time;
    private final Seal seal;
    private final DataKeys keys;
    private final long least;
    private HighMark mark;
    private MasterKey master;

    private SecretVault(
            SecretStore store,
            KeySource source,
            SecretLimits limits,
            RandomGenerator random,
            InstantSource time,
            Seal seal,
            HighMark mark) {
        this.store = store;
        // Before anything is read: what was seen until now is in all that is read from here on.
        this.mark = mark;
        this.least = mark.seen();
        this.limits = limits;
        this.random = random;
        this.time = time;
        this.seal = seal;
        this.keys = new DataKeys(seal, random, time);
        var row = store.read(SecretTables::master);
        this.master =
                row.isPresent()
                        ? MasterKey.unlock(source, row, random)
                        : store.write(tables -> begin(tables, source));
    }

    /// Whoever comes second takes the first one's.
    private MasterKey begin(SecretTables tables, KeySource source) {
        var row = tables.master();
        var key = MasterKey.unlock(source, row, random);
        if (row.isEmpty()) {
            if (!tables.keys().isEmpty()) {
                throw SecretProblems.damaged("the row of the master key");
            }
            new Inventory(tables, key, least).seal();
        }
        return key;
    }

    /// Opens the secrets of a store with their key, which they get now if they have none, and makes
    /// sure that what is kept cannot be read.
    ///
    /// @param random good enough for keys
    public static SecretVault open(
            SecretStore store,
            KeySource source,
            SecretLimits limits,
            RandomGenerator random,
            InstantSource time) {
        return open(store, source, limits, random, time, HighMark.NONE);
    }

    /// As above.
    ///
    /// @param mark tells whether the store is an older copy of itself
    public static SecretVault open(
            SecretStore store,
            KeySource source,
            SecretLimits limits,
            RandomGenerator random,
            InstantSource time,
            HighMark mark) {
        return open(store, source, limits, random, time, Seal.of(random), mark);
    }

    static SecretVault open(
            SecretStore store,
            KeySource source,
            SecretLimits limits,
            RandomGenerator random,
            InstantSource time,
            Seal seal,
            HighMark mark) {
        var vault = new SecretVault(store, source, limits, random, time, seal, mark);
        try {
            vault.upgrade();
            new SelfTest(store, vault.keys, seal, random, time).run(vault.master);
            return vault;
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
    }

    /// What was kept before there were inventories gets one.
    private void upgrade() {
        if (store.read(Upgrade::due)) {
            int renewed = store.write(tables -> new Upgrade(keys, seal, inventory(tables)).run());
            if (renewed > 0) {
                noted();
            }
        }
    }

    /// Whether a store has its master key already.
    public static Optional<MasterRow> master(SecretStore store) {
        return store.read(SecretTables::master);
    }

    // ---- values

    /// Keeps a new version and gives its number.
    public long set(String space, String name, Secret value) {
        return setAll(space, Map.of(name, value)).getOrDefault(name, 0L);
    }

    /// Keeps a new version of each, or none of them.
    public Map<String, Long> setAll(String space, Map<String, Secret> values) {
        SecretName.checkedSpace(space);
        values.forEach((name, value) -> {
            SecretName.checked(name);
            if (value.length() > limits.valueMax()) {
                throw SecretProblems.tooLarge(value.length(), limits.valueMax());
            }
            if (value.length() == 0) {
                throw SecretProblems.empty();
            }
        });
        return write(tables -> {
            var inventory = checked(tables, space);
            var row = keys.ensure(tables, space, master());
            var numbers = new LinkedHashMap<String, Long>();
            values.forEach((name, value) -> numbers.put(name, add(tables, row, name, value)));
            if (latest(tables.versions(space)).size() > limits.namesMax()) {
                throw SecretProblems.tooMany(limits.namesMax());
            }
            inventory.seal(space);
            return numbers;
        });
    }

    private Inventory checked(SecretTables tables, String space) {
        var inventory = inventory(tables);
        inventory.check(space);
        return inventory;
    }

    private Inventory inventory(SecretTables tables) {
        return new Inventory(tables, master(), least);
    }

    /// Notes the change where others do not write, once it is on disk.
    private <T> T write(Function<SecretTables, T> work) {
        T done = store.write(work);
        noted();
        return done;
    }

    private synchronized void noted() {
        store.read(SecretTables::master).ifPresent(row -> mark.saw(row.changes()));
    }

    private long add(SecretTables tables, KeyRow row, String name, Secret value) {
        var before = tables.versions(row.space(), name);
        long version = before.isEmpty() ? 1 : before.getLast().version() + 1;
        var added = new VersionRow(row.space(), name, version, value.length(), time.instant());
        byte[] plain = value.bytes();
        tables.put(
                added,
                keys.with(
                        row,
                        master(),
                        key -> seal.close(key, about(added, row.generation()), plain)));
        Arrays.fill(plain, (byte) 0);
        int surplus = before.size() + 1 - limits.versionsMax();
        before.stream().limit(Math.max(0, surplus)).forEach(tables::remove);
        return version;
    }

    /// The newest version, or the one of this number.
    public Secret get(String space, String name, Optional<Long> version) {
        SecretName.checkedSpace(space);
        SecretName.checked(name);
        return store.read(tables -> {
            var all = tables.versions(space, name);
            long wanted = version.orElse(all.isEmpty() ? 0 : all.getLast().version());
            var found =
                    all.stream()
                            .filter(each -> each.version() == wanted)
                            .findFirst()
                            .map(row -> opened(tables, row));
            var _ = checked(tables, space);
            return found.orElseThrow(() -> missing(space, name, all, wanted));
        });
    }

    private static Problems missing(String space, String name, List<VersionRow> all, long wanted) {
        return SecretProblems.absent(
                all.isEmpty()
                        ? "there is no secret '%s' in %s".formatted(name, space)
                        : "the secret '%s' has no version %d".formatted(name, wanted));
    }

    /// All versions that are kept, the oldest first; empty when there is no such secret.
    public List<Secret> history(String space, String name) {
        return store.read(tables -> {
            var all =
                    tables.versions(space, name).stream().map(row -> opened(tables, row)).toList();
            var _ = checked(tables, space);
            return all;
        });
    }

    private Secret opened(SecretTables tables, VersionRow row) {
        var keyRow =
                tables.key(row.space())
                        .orElseThrow(() ->
                                SecretProblems.damaged(
                                        "the key of the namespace '" + row.space() + "'"));
        byte[] plain = keys.with(keyRow, master(), key -> plain(tables, row, key, keyRow));
        return Secret.of(plain);
    }

    private byte[] plain(SecretTables tables, VersionRow row, byte[] key, KeyRow keyRow) {
        var sealed = tables.sealed(row.space(), row.name(), row.version());
        return sealed.flatMap(bytes -> seal.open(key, about(row, keyRow.generation()), bytes))
                .filter(plain -> plain.length == row.size())
                .orElseThrow(() ->
                        SecretProblems.damaged(
                                "version %d of the secret '%s'"
                                        .formatted(row.version(), row.name())));
    }

    static byte[] about(VersionRow row, long generation) {
        return Seal.about(
                "value",
                row.space(),
                row.name(),
                Long.toString(row.version()),
                Long.toString(generation));
    }

    /// A secret without its value.
    ///
    /// @param versions how many are kept
    public record Listed(VersionRow newest, int versions) {}

    /// All secrets of a namespace, by name.
    public List<Listed> list(String space) {
        SecretName.checkedSpace(space);
        return store.read(tables -> {
            var _ = checked(tables, space);
            return List.copyOf(latest(tables.versions(space)).values());
        });
    }

    private static Map<String, Listed> latest(List<VersionRow> rows) {
        var all = new LinkedHashMap<String, Listed>();
        rows.forEach(row ->
                all.merge(
                        row.name(),
                        new Listed(row, 1),
                        (before, now) -> new Listed(now.newest(), before.versions() + 1)));
        return all;
    }

    /// Removes all versions, or the one of this number.
    public void remove(String space, String name, Optional<Long> version) {
        SecretName.checkedSpace(space);
        SecretName.checked(name);
        int _ =
                write(tables -> {
                    var inventory = checked(tables, space);
                    var all = tables.versions(space, name);
                    var rows =
                            all.stream()
                                    .filter(row ->
                                            version.isEmpty() || version.get() == row.version())
                                    .toList();
                    if (rows.isEmpty()) {
                        throw missing(space, name, all, version.orElse(0L));
                    }
                    rows.forEach(tables::remove);
                    inventory.seal(space);
                    return rows.size();
                });
    }

    // ---- what runs were given

    /// Keeps the values that a run was given, in the place of what is kept of it. Those of the
    /// first time say under which namespace's key.
    public void give(String space, String run, Collection<Secret> values) {
        SecretName.checkedSpace(space);
        boolean newKey =
                store.write(tables -> {
                    var inventory = inventory(tables);
                    inventory.checkKeys();
                    var of = tables.given(run).map(GivenRow::space).orElse(space);
                    boolean fresh = tables.key(of).isEmpty();
                    var key = keys.ensure(tables, of, master());
                    var bare = new GivenRow(run, of, time.instant(), new byte[0]);
                    tables.putGiven(
                            keys.with(
                                    key,
                                    master(),
                                    plain ->
                                            new GivenValues(seal).close(bare, key, plain, values)));
                    if (fresh) {
                        inventory.seal(of);
                    }
                    return fresh;
                });
        if (newKey) {
            noted();
        }
    }

    /// What is kept of a run; empty when nothing is.
    public Optional<List<Secret>> given(String run) {
        return store.read(tables ->
                tables.given(run)
                        .map(row -> {
                            inventory(tables).checkKeys();
                            return tables.key(row.space())
                                    .flatMap(key ->
                                            keys.with(
                                                    key,
                                                    master(),
                                                    plain ->
                                                            new GivenValues(seal)
                                                                    .open(row, key, plain)))
                                    .orElseThrow(() -> SecretProblems.damagedGiven(run));
                        }));
    }

    // ---- keys

    /// Gives a namespace a new key and encrypts all its values anew; says how many.
    public int rotate(String space) {
        SecretName.checkedSpace(space);
        return write(tables -> {
            var inventory = checked(tables, space);
            var before = keys.ensure(tables, space, master());
            var after = keys.fresh(space, before.generation() + 1, master());
            var rows = tables.versions(space);
            keys.with(
                    before,
                    master(),
                    old ->
                            keys.with(
                                    after,
                                    master(),
                                    fresh -> {
                                        rows.forEach(row ->
                                                again(tables, row, old, before, fresh, after));
                                        given(tables, old, before, fresh, after);
                                        return rows;
                                    }));
            tables.putKey(after);
            inventory.seal(space);
            return rows.size();
        });
    }

    private void again(
            SecretTables tables,
            VersionRow row,
            byte[] old,
            KeyRow before,
            byte[] fresh,
            KeyRow after) {
        byte[] plain = plain(tables, row, old, before);
        tables.put(row, seal.close(fresh, about(row, after.generation()), plain));
        Arrays.fill(plain, (byte) 0);
    }

    /// What cannot be decrypted stays as it is, and is refused when it is asked for.
    private void given(SecretTables tables, byte[] old, KeyRow before, byte[] fresh, KeyRow after) {
        tables.given().stream()
                .filter(row -> row.space().equals(before.space()))
                .forEach(row ->
                        new GivenValues(seal)
                                .again(row, before, old, after, fresh)
                                .ifPresent(tables::putGiven));
    }

    /// Encrypts the keys of all namespaces with another master key, which alone opens the store
    /// from then on; says how many.
    ///
    /// @param beside where the count of changes is kept from now on
    public synchronized int rewrap(KeySource source, HighMark beside) {
        var next = MasterKey.unlock(source, Optional.empty(), random);
        int count =
                store.write(tables -> {
                    // Not by way of master(): another thread does this, and the lock is ours.
                    new Inventory(tables, master, least).checkKeys();
                    var rows = tables.keys();
                    rows.forEach(row -> tables.putKey(keys.rewrapped(row, master, next)));
                    new Inventory(tables, next, least).seal();
                    return rows.size();
                });
        master.close();
        master = next;
        mark = beside;
        noted();
        return count;
    }

    // ---- whether all is there

    /// What was looked at.
    public record Checked(int spaces, int values) {}

    /// Looks whether all that should be there is, and can be decrypted.
    ///
    /// @throws dev.sloth.api.workflow.Problems with what is not
    public Checked check() {
        return store.read(tables -> {
            inventory(tables).checkKeys();
            var held =
                    tables.keys().stream()
                            .map(row -> opening(tables, row.space()))
                            .filter(count -> count > 0)
                            .toList();
            return new Checked(held.size(), held.stream().mapToInt(count -> count).sum());
        });
    }

    private int opening(SecretTables tables, String space) {
        var rows = tables.versions(space);
        rows.forEach(row -> opened(tables, row).close());
        var _ = checked(tables, space);
        return rows.size();
    }

    /// Takes what is there for what should be there.
    public void accept() {
        int _ = write(tables -> new Upgrade(keys, seal, inventory(tables)).accept());
    }

    private synchronized MasterKey master() {
        return master;
    }

    @Override
    public synchronized void close() {
        master.close();
    }
}
