package dev.sloth.master.rpc;

import dev.sloth.wire.Identity;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who submitted a run, as it is kept with that. Their key is part of it: a name may be somebody
/// else's by the time that it matters.
///
/// @param keyHash SHA-256 of the key that they have shown to have
record Submitter(Identity who, byte[] keyHash) {
    private static final Pattern FORM = Pattern.compile("(\\S+) ([0-9a-f]{64})");

    Submitter {
        keyHash = keyHash.clone();
    }

    /// The one who calls; empty when they are nobody who can be known again.
    static String text(Peer peer) {
        return peer.identity()
                .map(who -> who.uri() + " " + HexFormat.of().formatHex(peer.keyHash()))
                .orElse("");
    }

    /// Nothing when it is not known who it was.
    static Optional<Submitter> read(String text) {
        var known = FORM.matcher(text);
        return known.matches()
                ? Identity.read(known.group(1))
                        .map(who -> new Submitter(who, HexFormat.of().parseHex(known.group(2))))
                : Optional.empty();
    }
}
