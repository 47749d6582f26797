package dev.sloth.core.balance;

import dev.sloth.core.select.Selector;
import java.util.Set;

/// What an order asks of its agent.
public sealed interface Want {
    /// Whether the agent will do.
    boolean fits(Host host);

    /// In a few words, for people.
    String text();

    /// Any agent.
    record Any() implements Want {
        @Override
        public boolean fits(Host host) {
            return true;
        }

        @Override
        public String text() {
            return "any agent";
        }
    }

    /// The agent of this name.
    record Named(String name) implements Want {
        @Override
        public boolean fits(Host host) {
            return host.name().equals(name);
        }

        @Override
        public String text() {
            return "the agent '" + name + "'";
        }
    }

    /// An agent that somebody selects.
    record Matching(Selector selector) implements Want {
        @Override
        public boolean fits(Host host) {
            return selector.fits(host.subject());
        }

        @Override
        public String text() {
            return "an agent with `" + selector.text() + "`";
        }
    }

    /// The same, but not these agents.
    ///
    /// @param hosts their ids
    record Except(Want want, Set<String> hosts) implements Want {
        public Except {
            hosts = Set.copyOf(hosts);
        }

        @Override
        public boolean fits(Host host) {
            return !hosts.contains(host.id()) && want.fits(host);
        }

        @Override
        public String text() {
            return want.text() + ", other than those that did not take it";
        }
    }
}
