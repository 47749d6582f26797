package dev.sloth.core.select;

import java.util.List;

/// What is said of an agent.
///
/// @param region empty when nothing is
public record Subject(String name, String region, List<String> tags) {
    public Subject {
        tags = List.copyOf(tags);
    }

    /// What the first tag `name=value` of this name says; empty when there is none.
    String label(String label) {
        int from = label.length() + 1;
        return tags.stream()
                .filter(tag ->
                        tag.length() >= from
                                && tag.startsWith(label)
                                && tag.charAt(from - 1) == '=')
                .map(tag -> tag.substring(from))
                .findFirst()
                .orElse("");
    }
}
