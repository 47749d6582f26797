package dev.sloth.wire;

import dev.sloth.wire.proto.JoinAnswer;
import dev.sloth.wire.proto.JoinedPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What an agent asked to be when it joined, and is not: the tags or the region of its token count,
/// or those that it has had before.
///
/// @param wantedTags empty when those that it asked for count, or it asked for none
/// @param wantedRegion empty, likewise
public record Overruled(
        String agent,
        List<String> wantedTags,
        List<String> tags,
        String wantedRegion,
        String region) {
    public Overruled {
        wantedTags = List.copyOf(wantedTags);
        tags = List.copyOf(tags);
    }

    /// Nothing when all that was asked for counts.
    public static Optional<Overruled> of(
            String agent,
            List<String> wantedTags,
            List<String> tags,
            String wantedRegion,
            String region) {
        boolean same = new HashSet<>(wantedTags).equals(new HashSet<>(tags));
        var overruled =
                new Overruled(
                        agent,
                        same ? List.of() : wantedTags,
                        tags,
                        wantedRegion.equals(region) ? "" : wantedRegion,
                        region);
        boolean all = overruled.wantedTags.isEmpty() && overruled.wantedRegion.isEmpty();
        return all ? Optional.empty() : Optional.of(overruled);
    }

    /// What the answer to a wish says; nothing when the master is too old to say.
    static Optional<Overruled> of(Joining.Wish wish, JoinAnswer answer) {
        if (!answer.hasPlace()) {
            return Optional.empty();
        }
        var place = answer.getPlace();
        return of(
                answer.getName(),
                wish.tags(),
                List.copyOf(place.getTagsList()),
                wish.region(),
                place.getRegion());
    }

    /// What the answer to an agent says of it.
    public static JoinedPlace message(List<String> tags, String region) {
        return JoinedPlace.newBuilder().addAllTags(tags).setRegion(region).build();
    }

    /// One line for people, with what to do about it.
    @Override
    public String toString() {
        var given = new ArrayList<String>();
        var asked = new ArrayList<String>();
        var options = new StringBuilder();
        if (!wantedTags.isEmpty()) {
            var wanted = String.join(",", wantedTags);
            given.add(tags.isEmpty() ? "no tags" : "tags " + String.join(",", tags));
            asked.add("tags " + wanted);
            options.append(" --tags ").append(wanted);
        }
        if (!wantedRegion.isEmpty()) {
            given.add(region.isEmpty() ? "no region" : "region " + region);
            asked.add("region " + wantedRegion);
            options.append(" --region ").append(wantedRegion);
        }
        return ("agent %s has %s, as its token says or as it was before, and not what it asked for, %s:"
                        + " `sloth-runner agent label %s%s` sets that, and a token that says nothing"
                        + " of it leaves it to the agent")
                .formatted(
                        agent,
                        String.join(" and ", given),
                        String.join(" and ", asked),
                        agent,
                        options);
    }
}
