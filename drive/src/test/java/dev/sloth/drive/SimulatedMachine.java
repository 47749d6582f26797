package dev.sloth.drive;

/// A machine on which simulated processes live, until it loses power.
final class SimulatedMachine {
    private final String name;
    private int starts = 1;

    SimulatedMachine(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String boot() {
        return name + "-" + starts;
    }

    void restart() {
        starts++;
    }
}
