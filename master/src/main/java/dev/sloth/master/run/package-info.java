/// The runs of a master, each driven to its end, with agents for hands.
///
/// [MasterRuns] takes runs in and goes on with those that an earlier start of the master has left.
/// Each is driven by the engine that drives a local run; [FleetHands] makes orders of what it asks
/// for. What agents bring for a run while they work comes in through [ActiveRun].
///
/// This package must not run a script: that is what agents are for.
@NullMarked
package dev.sloth.master.run;

import org.jspecify.annotations.NullMarked;
