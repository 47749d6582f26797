package dev.sloth.plugins.notifications;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of an address that a server could repeat: who knows them knows where to send.
final class AddressParts {
    /// Shorter names in a path and values in a query are words of any text.
    static final int PART_MIN = 6;

    private static final Pattern SEPARATORS = Pattern.compile("[/?&=;#]+");

    private AddressParts() {}

    /// The longest first, so that none is left in halves.
    static List<String> of(URI url) {
        var parts = new LinkedHashSet<String>();
        parts.add(url.toString());
        add(parts, url.getRawAuthority());
        var path = String.valueOf(url.getRawPath());
        var query = url.getRawQuery() == null ? "" : url.getRawQuery();
        var target = query.isEmpty() ? path : path + "?" + query;
        for (var whole : List.of(target, path, query)) {
            add(parts, whole);
            for (var part : SEPARATORS.split(whole, -1)) {
                if (part.length() >= PART_MIN) {
                    add(parts, part);
                }
            }
        }
        var all = new ArrayList<>(parts);
        all.sort(Comparator.comparingInt(String::length).reversed());
        return all;
    }

    /// As it is written, as it is meant, and as some write it in JSON or HTML.
    private static void add(Set<String> parts, @Nullable String part) {
        if (part == null || part.isEmpty() || part.equals("/")) {
            return;
        }
        var meant = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        var form = URLDecoder.decode(part, StandardCharsets.UTF_8);
        for (var each : List.of(part, meant, form)) {
            parts.add(each);
            parts.add(each.replace("/", "\\/"));
            parts.add(each.replace("&", "&amp;"));
        }
    }
}
