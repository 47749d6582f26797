package dev.sloth.plugins.fs;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.Lists;
import java.util.List;

/// Paths as text, in the manner of the shell's commands.
final class PathText {
    private PathText() {}

    static String basename(String path) {
        var plain = withoutEnd(path);
        return plain.equals("/") ? plain : plain.substring(plain.lastIndexOf('/') + 1);
    }

    static String dirname(String path) {
        var plain = withoutEnd(path);
        int slash = plain.lastIndexOf('/');
        if (slash < 0) {
            return ".";
        }
        return slash == 0 ? "/" : withoutEnd(plain.substring(0, slash));
    }

    static String join(List<Value> parts, Allowance allowance) {
        var path = new Draft(allowance);
        boolean open = false;
        for (var part : parts) {
            var text = Lists.text(part, "a part");
            if (path.length() > 0 && !text.isEmpty()) {
                if (open) {
                    path.append('/');
                    open = false;
                }
                text = text.startsWith("/") ? text.substring(1) : text;
            }
            path.append(text);
            open = text.isEmpty() ? open : !text.endsWith("/");
        }
        return path.toString();
    }

    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
