/// The worker: executes one attempt of a task and says what came of it.
///
/// [TaskExecutor] is the door. It prepares the work folder, loads the script afresh, asks the
/// conditions, calls the hooks and the command in their order, keeps artifacts, and cleans up.
/// Every attempt has an end: when its time is up or the calling thread is interrupted, its script
/// and its processes are stopped before the outcome is given. It decides nothing about what runs
/// next, keeps no state of a run, and knows no store. What an attempt leaves on disk while it is
/// under way lets [TaskExecutor#recover] go on with it after its process was killed.
@NullMarked
package dev.sloth.agent;

import org.jspecify.annotations.NullMarked;
