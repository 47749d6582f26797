package dev.sloth.agent;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Names of tasks as names of files.
final class FileNames {
    private static final int LENGTH_MAX = 120;

    private FileNames() {}

    /// Different names stay different; no name leads out of its folder.
    static String of(String name) {
        var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A");
        var visible = encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
        if (visible.length() <= LENGTH_MAX) {
            return visible;
        }
        return visible.substring(0, LENGTH_MAX) + "-" + Integer.toHexString(name.hashCode());
    }
}
