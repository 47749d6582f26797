package dev.sloth.wire;

/// An agent that a command is meant for.
///
/// @param state as in an [AgentSight]
/// @param work as there
public record AgentMeant(String name, String state, String work) {
    static AgentMeant of(dev.sloth.wire.proto.AgentMeant meant) {
        return new AgentMeant(meant.getName(), meant.getState(), meant.getWork());
    }

    public dev.sloth.wire.proto.AgentMeant message() {
        return dev.sloth.wire.proto.AgentMeant.newBuilder()
                .setName(name)
                .setState(state)
                .setWork(work)
                .build();
    }
}
