package dev.sloth.testkit.store;

import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MarkedRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Encrypted secrets in memory.
final class MemorySecrets implements SecretStore {
    private final Tables tables;

    MemorySecrets(Tables tables) {
        this.tables = tables;
    }

    /// Which version of what.
    private record Place(String space, String name, long version) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::space)
                        .thenComparing(Place::name)
                        .thenComparingLong(Place::version);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Version(VersionRow row, byte[] sealed) {}

    /// What is on the disk; changed by [Edit] only.
    static final class Kept {
        private final TreeMap<String, MasterRow> master = new TreeMap<>();
        private final TreeMap<String, KeyRow> keys = new TreeMap<>();
        private final TreeMap<Place, Version> versions = new TreeMap<>();
        private final TreeMap<String, GivenRow> given = new TreeMap<>();
    }

    @Override
    public boolean begun() {
        return true;
    }

    @Override
    public <T> T read(Function<SecretTables, T> work) {
        return tables.read(
                "look at secrets",
                disk ->
                        work.apply(
                                new Rows(
                                        disk.secrets,
                                        new Edit(_ -> {
                                            throw new IllegalStateException("this only reads");
                                        }))));
    }

    @Override
    public <T> T write(Function<SecretTables, T> work) {
        return tables.write(edit -> work.apply(new Rows(tables.disk().secrets, edit)));
    }

    private record Rows(Kept kept, Edit edit) implements SecretTables {
        private static final String ONE = "one";

        @Override
        public Optional<MasterRow> master() {
            return Optional.ofNullable(kept.master.get(ONE));
        }

        @Override
        public void putMaster(MasterRow row) {
            edit.put("put master key", kept.master, ONE, row);
        }

        @Override
        public List<KeyRow> keys() {
            return List.copyOf(kept.keys.values());
        }

        @Override
        public Optional<KeyRow> key(String space) {
            return Optional.ofNullable(kept.keys.get(space));
        }

        @Override
        public void putKey(KeyRow row) {
            edit.put("put key", kept.keys, row.space(), row);
        }

        @Override
        public List<VersionRow> versions(String space) {
            return kept.versions.values().stream()
                    .map(Version::row)
                    .filter(row -> row.space().equals(space))
                    .toList();
        }

        @Override
        public List<VersionRow> versions(String space, String name) {
            return versions(space).stream().filter(row -> row.name().equals(name)).toList();
        }

        @Override
        public List<MarkedRow> marked(String space) {
            return kept.versions.values().stream()
                    .filter(found -> found.row().space().equals(space))
                    .map(found -> new MarkedRow(found.row(), mark(found.sealed())))
                    .toList();
        }

        private static byte[] mark(byte[] sealed) {
            return Arrays.copyOf(sealed, Math.min(MARK, sealed.length));
        }

        @Override
        public Optional<byte[]> sealed(String space, String name, long version) {
            return Optional.ofNullable(kept.versions.get(new Place(space, name, version)))
                    .map(found -> found.sealed().clone());
        }

        private static Place place(VersionRow row) {
            return new Place(row.space(), row.name(), row.version());
        }

        @Override
        public void put(VersionRow row, byte[] sealed) {
            edit.put("put secret", kept.versions, place(row), new Version(row, sealed.clone()));
        }

        @Override
        public void remove(VersionRow row) {
            edit.remove("remove secret", kept.versions, place(row));
        }

        @Override
        public Optional<GivenRow> given(String run) {
            return Optional.ofNullable(kept.given.get(run));
        }

        @Override
        public List<GivenRow> given() {
            return List.copyOf(kept.given.values());
        }

        @Override
        public void putGiven(GivenRow row) {
            edit.put("put given", kept.given, row.run(), row);
        }

        @Override
        public void removeGiven(String run) {
            edit.remove("remove given", kept.given, run);
        }

        @Override
        public byte[] raw(VersionRow row) {
            var found = kept.versions.get(place(row));
            var out = new ByteArrayOutputStream();
            if (found != null) {
                out.writeBytes(found.row().toString().getBytes(StandardCharsets.UTF_8));
                out.writeBytes(found.sealed());
            }
            return out.toByteArray();
        }
    }
}
