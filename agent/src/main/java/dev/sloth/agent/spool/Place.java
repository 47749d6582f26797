package dev.sloth.agent.spool;

import java.nio.file.Path;

/// What all attempts of a spool share.
record Place(Disk disk, Path folder, SpoolLimits limits, Room room, Turns turns, Trouble trouble) {}
