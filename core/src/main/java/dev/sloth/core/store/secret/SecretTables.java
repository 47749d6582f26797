package dev.sloth.core.store.secret;

import java.util.List;
import java.util.Optional;

/// What is kept, within one transaction.
public interface SecretTables {
    /// How many bytes tell one encryption from another: more than its format and its nonce.
    int MARK = 32;

    /// The master key's row, once there is one.
    Optional<MasterRow> master();

    void putMaster(MasterRow row);

    /// The keys of all namespaces, by name.
    List<KeyRow> keys();

    Optional<KeyRow> key(String space);

    /// Adds it, or puts it in the place of the namespace's key.
    void putKey(KeyRow row);

    /// All versions of all secrets of a namespace, by name and then by number.
    List<VersionRow> versions(String space);

    /// Those of one secret, by number.
    List<VersionRow> versions(String space, String name);

    /// All versions of a namespace with their marks, by name and then by number.
    List<MarkedRow> marked(String space);

    Optional<byte[]> sealed(String space, String name, long version);

    /// Adds a version, or puts it in the place of the one of this number.
    void put(VersionRow row, byte[] sealed);

    void remove(VersionRow row);

    // ---- what runs were given

    Optional<GivenRow> given(String run);

    /// Those of all runs, by run.
    List<GivenRow> given();

    /// Adds it, or puts it in the place of what is kept of the run.
    void putGiven(GivenRow row);

    void removeGiven(String run);

    // ---- for those who doubt

    /// A version's row as it stands in the store, column after column, without any meaning.
    byte[] raw(VersionRow row);
}
