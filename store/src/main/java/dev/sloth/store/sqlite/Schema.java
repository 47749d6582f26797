package dev.sloth.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a file should hold: steps that lead from an empty one to the newest version. A step that
/// was released is never changed.
///
/// @param applicationId tells our files from those of other programs
/// @param steps resources in the order of their numbers, which count from 1
record Schema(int applicationId, String folder, List<String> steps) {
    /// "SLO" and a letter, as a number.
    private static final int OURS = 0x534c4f00;

    static final Schema STATE =
            new Schema(
                    OURS + 'R',
                    "state",
                    List.of(
                            "V0001__runs.sql",
                            "V0002__schedules.sql",
                            "V0003__numbered_journal.sql",
                            "V0004__asked_by.sql"));
    static final Schema LOGS = new Schema(OURS + 'L', "logs", List.of("V0001__logs.sql"));

    static final Schema SHARED =
            new Schema(
                    OURS + 'S',
                    "shared",
                    List.of("V0001__shared.sql", "V0002__causes.sql", "V0003__facts_by_space.sql"));

    static final Schema EVENTS = new Schema(OURS + 'E', "events", List.of("V0001__events.sql"));

    static final Schema SECRETS =
            new Schema(
                    OURS + 'K',
                    "secrets",
                    List.of("V0001__secrets.sql", "V0002__inventory.sql", "V0003__given.sql"));

    static final Schema CLUSTER =
            new Schema(
                    OURS + 'C',
                    "cluster",
                    List.of(
                            "V0001__cluster.sql",
                            "V0002__orders.sql",
                            "V0003__people_and_audit.sql"));

    Schema {
        steps = List.copyOf(steps);
    }

    /// The newest version.
    int version() {
        return steps.size();
    }

    /// The statements that lead to a version from the one before.
    String step(int version) {
        var name = folder + "/" + steps.get(version - 1);
        try (var in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
