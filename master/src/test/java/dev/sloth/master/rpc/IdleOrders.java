package dev.sloth.master.rpc;

import dev.sloth.agent.link.Orders;
import dev.sloth.agent.link.Uplink;
import java.util.Map;

/// Does nothing that a master orders; tests have it do what they look at.
class IdleOrders implements Orders {
    @Override
    public Map<String, Boolean> held() {
        return Map.of();
    }

    @Override
    public boolean areRepeatable() {
        return false;
    }

    @Override
    public boolean isLeaving() {
        return false;
    }

    @Override
    public void connected(Uplink uplink) {}

    @Override
    public void disconnected() {}

    @Override
    public void order(String id, byte[] body) {}

    @Override
    public void cancel(String id) {}

    @Override
    public void taken(String id) {}

    @Override
    public void forget(String id) {}
}
