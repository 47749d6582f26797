package dev.sloth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Command lines that ask a master.
final class MasterWords {
    private MasterWords() {}

    static String[] behind(String[] words, int port, Path credentials) {
        var all = new ArrayList<>(Arrays.asList(words));
        all.addAll(
                List.of("--master", "127.0.0.1:" + port, "--credentials", credentials.toString()));
        return all.toArray(String[]::new);
    }

    /// The same, but where nobody listens.
    static String[] nowhere(String[] words) {
        var all = words.clone();
        all[Arrays.asList(all).indexOf("--master") + 1] = "127.0.0.1:1";
        return all;
    }
}
