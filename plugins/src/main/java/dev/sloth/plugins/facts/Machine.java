package dev.sloth.plugins.facts;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.NetworkIF;
import oshi.hardware.NetworkIF.IfOperStatus;
import oshi.software.os.OSFileStore;

/// The facts that OSHI gives, completed by the files of the system.
final class Machine {
    private static final int LOADS = 3;
    private static final double PERCENT = 100;

    private final SystemInfo system = new SystemInfo();

    Value hostname() {
        return Text.of(system.getOperatingSystem().getNetworkParams().getHostName());
    }

    Value platform() throws IOException {
        var os = system.getOperatingSystem();
        var release = SystemFiles.release();
        var family = release.getOrDefault("ID_LIKE", release.getOrDefault("ID", os.getFamily()));
        var platform =
                new DataTable()
                        .with("os", kernelName().toLowerCase(Locale.ROOT))
                        .with("family", family.split(" ", 2)[0].toLowerCase(Locale.ROOT))
                        .with("version", version(os.getVersionInfo().getVersion()))
                        .with("architecture", System.getProperty("os.arch", ""))
                        .with("kernel", kernelName())
                        .with("kernel_version", kernelVersion());
        system.getHardware()
                .getVirtualization()
                .ifPresent(kind -> platform.with("virtualization", kind));
        return platform;
    }

    Value kernel() {
        return new DataTable().with("name", kernelName()).with("version", kernelVersion());
    }

    /// A rolling distribution has no version.
    private static String version(@Nullable String version) {
        return version == null ? "" : version;
    }

    private static String kernelName() {
        return System.getProperty("os.name", "");
    }

    private static String kernelVersion() {
        return System.getProperty("os.version", "");
    }

    Value memory() throws IOException {
        var memory = system.getHardware().getMemory();
        double total = memory.getTotal();
        double used = total - memory.getAvailable();
        var table =
                new DataTable()
                        .with("total", total)
                        .with("available", (double) memory.getAvailable())
                        .with("used", used)
                        .with("used_percent", used / total * PERCENT);
        var counts = SystemFiles.memory();
        for (var name : List.of("free", "cached", "buffers")) {
            var count = counts.get(name);
            if (count != null) {
                table.with(name, count);
            }
        }
        return table;
    }

    Value disks() {
        return DataTable.list(stores().map(Machine::disk).toList());
    }

    Value disk(String mountpoint) throws IOException {
        return stores().filter(store -> store.getMount().equals(mountpoint))
                .findFirst()
                .map(Machine::disk)
                .orElseThrow(() -> new IOException("there is no disk at " + mountpoint));
    }

    private Stream<OSFileStore> stores() {
        return system.getOperatingSystem().getFileSystem().getFileStores().stream();
    }

    private static DataTable disk(OSFileStore store) {
        double total = store.getTotalSpace();
        double used = total - store.getFreeSpace();
        return new DataTable()
                .with("device", store.getVolume())
                .with("mountpoint", store.getMount())
                .with("fstype", store.getType())
                .with("total", total)
                .with("used", used)
                .with("free", (double) store.getUsableSpace())
                .with("used_percent", total > 0 ? used / total * PERCENT : 0);
    }

    Value networks() {
        return DataTable.list(interfaces().map(Machine::network).toList());
    }

    Value network(String name) throws IOException {
        return interfaces()
                .filter(network -> network.getName().equals(name))
                .findFirst()
                .map(Machine::network)
                .orElseThrow(() -> new IOException("there is no interface " + name));
    }

    private Stream<NetworkIF> interfaces() {
        return system.getHardware().getNetworkIFs(true).stream();
    }

    private static DataTable network(NetworkIF network) {
        var addresses = new ArrayList<Text>();
        Stream.of(network.getIPv4addr(), network.getIPv6addr())
                .flatMap(Arrays::stream)
                .forEach(address -> addresses.add(Text.of(address)));
        return new DataTable()
                .with("name", network.getName())
                .with("mac", network.getMacaddr())
                .with("mtu", (double) network.getMTU())
                .with("up", network.getIfOperStatus() != IfOperStatus.DOWN)
                .with("addresses", DataTable.list(addresses))
                .with("bytes_received", (double) network.getBytesRecv())
                .with("bytes_sent", (double) network.getBytesSent());
    }

    Value processes() {
        double running = 0;
        double sleeping = 0;
        double zombie = 0;
        var all = system.getOperatingSystem().getProcesses();
        for (var process : all) {
            switch (process.getState()) {
                case RUNNING -> running++;
                case SLEEPING, WAITING -> sleeping++;
                case ZOMBIE -> zombie++;
                case NEW, STOPPED, OTHER, INVALID, SUSPENDED -> {}
            }
        }
        return new DataTable()
                .with("total", all.size())
                .with("running", running)
                .with("sleeping", sleeping)
                .with("zombie", zombie);
    }

    Value mounts() throws IOException {
        var listed = SystemFiles.mounts();
        return DataTable.list(
                listed.isEmpty()
                        ? stores().map(s ->
                                        SystemFiles.mount(
                                                s.getVolume(),
                                                s.getMount(),
                                                s.getType(),
                                                s.getOptions()))
                                .toList()
                        : listed);
    }

    Value uptime(ZoneId zone) {
        var os = system.getOperatingSystem();
        return new DataTable()
                .with("seconds", (double) os.getSystemUptime())
                .with("boot_time", (double) os.getSystemBootTime())
                .with("timezone", zone.getId());
    }

    Value load() throws IOException {
        var loads = system.getHardware().getProcessor().getSystemLoadAverage(LOADS);
        if (loads[0] < 0) {
            throw new IOException("this system keeps no load averages");
        }
        return DataTable.list(Arrays.stream(loads).mapToObj(Value.Num::new).toList());
    }
}
