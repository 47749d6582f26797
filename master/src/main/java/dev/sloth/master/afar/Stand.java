package dev.sloth.master.afar;

import java.util.List;

/// How far a run is.
///
/// @param events how many its journal has
/// @param chunks how many chunks of output there are
/// @param ended also when there is no such run any more
/// @param places where attempts are now that were elsewhere when it was told last
public record Stand(long events, long chunks, boolean ended, List<Place.Of> places) {
    /// Nothing more comes.
    static final Stand OVER = new Stand(0, 0, true, List.of());

    public Stand {
        places = List.copyOf(places);
    }
}
