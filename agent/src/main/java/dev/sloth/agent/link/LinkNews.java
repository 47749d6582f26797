package dev.sloth.agent.link;

/// Hears what an agent tells.
@FunctionalInterface
public interface LinkNews {
    void tell(LinkEvent event);
}
