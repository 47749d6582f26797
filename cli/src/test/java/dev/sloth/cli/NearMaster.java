package dev.sloth.cli;

import dev.sloth.master.Master;
import dev.sloth.master.MasterConfig;
import dev.sloth.master.rpc.Sharing;
import dev.sloth.master.run.WorkflowSecrets;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// A master in this process whose store is the one in the home folder of a door, so that what was
/// run there can be looked at both ways.
final class NearMaster implements AutoCloseable {
    private final Door door;
    private final Path data;
    private final SqliteStore store;
    private final Master master;

    NearMaster(Door door) {
        var time = InstantSource.system();
        this.door = door;
        this.data = door.folder().resolve("master-data");
        this.store = SqliteStore.open(door.caller().home(), StoreConfig.DEFAULT, time);
        this.master =
                Master.start(
                        MasterConfig.of("1.0", 0, data),
                        new Master.Means(
                                store,
                                ThisProcess.owner(),
                                ThisProcess::fate,
                                WorkflowSecrets.NONE,
                                "default",
                                _ -> Sharing.NOTHING,
                                new SecureRandom(),
                                time,
                                _ -> {}));
    }

    /// Asks it.
    Door.Answer call(String... words) {
        return door.call(at(words));
    }

    /// The same words with its address and the credentials of its administrator.
    String[] at(String... words) {
        return MasterWords.behind(words, master.port(), data.resolve("admin.pem"));
    }

    @Override
    public void close() {
        master.close();
        store.close();
    }
}
