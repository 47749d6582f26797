package dev.sloth.launcher.lan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The network between some hosts. It carries what they send, and loses what it is told to lose.
public final class Lan implements AutoCloseable {
    private static final int HUNDRED = 100;
    private static final int ADDRESS_BYTES = 4;
    private static final int FROM_AT = 12;
    private static final int TO_AT = 16;

    private final List<Host> hosts = new ArrayList<>();
    private final Map<String, Host> byAddress = new ConcurrentHashMap<>();
    private volatile int lostPercent;
    private volatile int delayMillis;

    /// Another host, which is called so and has the next address.
    ///
    /// @param folder for what it needs
    public Host host(String name, Path folder) throws Exception {
        var host = new Host(this, name, folder, hosts.size() + 1);
        hosts.add(host);
        return host;
    }

    void answersTo(String address, Host host) {
        byAddress.put(address, host);
    }

    void forget(String address) {
        byAddress.remove(address);
    }

    /// How many of a hundred packets are lost.
    public void lose(int percent) {
        lostPercent = percent;
    }

    /// How long each packet takes.
    public void delay(int millis) {
        delayMillis = millis;
    }

    /// Breaks all connections.
    public void reset() throws Exception {
        for (var host : hosts) {
            host.reset();
        }
    }

    /// From now on it works again.
    public void heal() throws Exception {
        lose(0);
        delay(0);
        for (var host : hosts) {
            host.hold(false, false);
            host.link(true);
        }
    }

    /// What a host sends.
    void carry(Host from, byte[] packet) {
        var to = byAddress.get(address(packet, TO_AT));
        // Whoever sends with an address that is no longer its own gets no answer.
        boolean known = from.equals(byAddress.get(address(packet, FROM_AT)));
        if (to != null && known && !lost() && !from.holdsOut() && !to.holdsIn()) {
            to.arrives(packet, delayMillis);
        }
    }

    private boolean lost() {
        return ThreadLocalRandom.current().nextInt(HUNDRED) < lostPercent;
    }

    private static String address(byte[] packet, int at) {
        var text = new ArrayList<String>();
        for (int i = at; i < at + ADDRESS_BYTES; i++) {
            text.add(Integer.toString(Byte.toUnsignedInt(packet[i])));
        }
        return String.join(".", text);
    }

    @Override
    public void close() throws IOException {
        for (var host : hosts) {
            host.close();
        }
    }
}
