package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.master.afar.RunProblems;
import java.util.Map;
import java.util.Optional;

/// Which exit code goes with what a master, or the way to it, says.
final class ClusterProblems {
    private static final Map<String, Integer> EXITS =
            Map.ofEntries(
                    Map.entry("SLOTH-4701", Exit.UNREACHABLE),
                    Map.entry("SLOTH-4702", Exit.REFUSED),
                    Map.entry("SLOTH-4704", Exit.REFUSED),
                    Map.entry("SLOTH-4705", Exit.REFUSED),
                    Map.entry("SLOTH-4706", Exit.REFUSED),
                    Map.entry("SLOTH-4707", Exit.REFUSED),
                    Map.entry("SLOTH-4708", Exit.REFUSED),
                    Map.entry("SLOTH-4709", Exit.REFUSED),
                    Map.entry("SLOTH-4710", Exit.REFUSED),
                    Map.entry("SLOTH-4711", Exit.REFUSED),
                    Map.entry("SLOTH-4712", Exit.REFUSED),
                    Map.entry("SLOTH-4713", Exit.REFUSED),
                    Map.entry("SLOTH-4719", Exit.UNREACHABLE),
                    Map.entry("SLOTH-4722", Exit.REFUSED),
                    Map.entry("SLOTH-4723", Exit.REFUSED),
                    Map.entry("SLOTH-4724", Exit.REFUSED),
                    Map.entry("SLOTH-4726", Exit.REFUSED),
                    Map.entry("SLOTH-4727", Exit.REFUSED),
                    Map.entry("SLOTH-4728", Exit.REFUSED),
                    Map.entry("SLOTH-4731", Exit.REFUSED),
                    Map.entry("SLOTH-4732", Exit.REFUSED),
                    Map.entry("SLOTH-4733", Exit.REFUSED),
                    Map.entry("SLOTH-4734", Exit.REFUSED),
                    Map.entry("SLOTH-4735", Exit.REFUSED),
                    Map.entry("SLOTH-4765", Exit.REFUSED),
                    Map.entry("SLOTH-4766", Exit.UNREACHABLE));

    private ClusterProblems() {}

    /// Nothing when the problem is none of these.
    static Optional<Integer> exit(Problem problem) {
        return Optional.ofNullable(EXITS.get(problem.code()))
                .or(() -> RunProblems.reason(problem).map(StoreProblems::exit));
    }
}
