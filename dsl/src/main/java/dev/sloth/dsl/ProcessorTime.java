package dev.sloth.dsl;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What `os.clock` shows to scripts.
public final class ProcessorTime {
    private ProcessorTime() {}

    /// The processor time that this process has used so far, in nanoseconds. What it takes to find
    /// out is loaded by the first call, because few scripts ask.
    public static long nanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
