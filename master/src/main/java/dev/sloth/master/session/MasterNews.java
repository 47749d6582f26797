package dev.sloth.master.session;

/// Hears what a master tells; called by many threads, which it must not hold up.
@FunctionalInterface
public interface MasterNews {
    void tell(MasterEvent event);
}
