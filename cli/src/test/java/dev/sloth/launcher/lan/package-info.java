/// Machines for tests: each is a network, mounts and a clock of its own on the machine that runs
/// the tests, and a network between them that loses, holds back and cuts what it carries.
@NullMarked
package dev.sloth.launcher.lan;

import org.jspecify.annotations.NullMarked;
