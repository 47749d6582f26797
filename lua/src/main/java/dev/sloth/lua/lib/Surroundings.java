package dev.sloth.lua.lib;

import dev.sloth.lua.value.HostProcesses;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What the libraries see of the world outside; the host says what it is.
///
/// @param input what `io.read` reads
/// @param output where `print` and `io.write` write
/// @param errors what `io.stderr` is
/// @param time what `os.time` and `os.date` go by
/// @param zone the local time zone of `os.date` and `os.time`
/// @param seed where `math.random` starts
/// @param environment what `os.getenv` knows
/// @param directory where relative file names start, asked for each
/// @param processes runs commands for `os.execute` and `io.popen`; absent where that is not
///   supported
/// @param modules finds what `require` asks for; absent where there is no `require`
/// @param cpuNanos the processor time used so far, for `os.clock`; where it is absent, the time
///   since the state was opened stands for it
public record Surroundings(
        InputStream input,
        OutputStream output,
        OutputStream errors,
        InstantSource time,
        ZoneId zone,
        long seed,
        Function<String, Optional<String>> environment,
        Supplier<Path> directory,
        Optional<HostProcesses> processes,
        Optional<ModuleSource> modules,
        Optional<LongSupplier> cpuNanos) {
    /// Nothing at all: no input, output is dropped, time stands still at the epoch, in UTC.
    public static final Surroundings NOTHING =
            new Surroundings(
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    InstantSource.fixed(Instant.EPOCH),
                    ZoneOffset.UTC,
                    0,
                    _ -> Optional.empty(),
                    () -> Path.of(""),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public Surroundings withOutput(OutputStream stream) {
        return new Surroundings(
                input,
                stream,
                errors,
                time,
                zone,
                seed,
                environment,
                directory,
                processes,
                modules,
                cpuNanos);
    }

    public Surroundings withErrors(OutputStream stream) {
        return new Surroundings(
                input,
                output,
                stream,
                time,
                zone,
                seed,
                environment,
                directory,
                processes,
                modules,
                cpuNanos);
    }

    public Surroundings withTime(InstantSource source, ZoneId local) {
        return new Surroundings(
                input,
                output,
                errors,
                source,
                local,
                seed,
                environment,
                directory,
                processes,
                modules,
                cpuNanos);
    }

    public Surroundings withDirectory(Path start) {
        return withDirectory(() -> start);
    }

    public Surroundings withDirectory(Supplier<Path> start) {
        return new Surroundings(
                input,
                output,
                errors,
                time,
                zone,
                seed,
                environment,
                start,
                processes,
                modules,
                cpuNanos);
    }

    public Surroundings withModules(ModuleSource source) {
        return new Surroundings(
                input,
                output,
                errors,
                time,
                zone,
                seed,
                environment,
                directory,
                processes,
                Optional.of(source),
                cpuNanos);
    }

    public Surroundings withProcesses(HostProcesses runner) {
        return new Surroundings(
                input,
                output,
                errors,
                time,
                zone,
                seed,
                environment,
                directory,
                Optional.of(runner),
                modules,
                cpuNanos);
    }

    public Surroundings withEnvironment(Map<String, String> variables) {
        var all = Map.copyOf(variables);
        return withEnvironment(name -> Optional.ofNullable(all.get(name)));
    }

    public Surroundings withEnvironment(Function<String, Optional<String>> variables) {
        return new Surroundings(
                input, output, errors, time, zone, seed, variables, directory, processes, modules,
                cpuNanos);
    }

    public Surroundings withInput(InputStream stream) {
        return new Surroundings(
                stream,
                output,
                errors,
                time,
                zone,
                seed,
                environment,
                directory,
                processes,
                modules,
                cpuNanos);
    }

    public Surroundings withSeed(long start) {
        return new Surroundings(
                input,
                output,
                errors,
                time,
                zone,
                start,
                environment,
                directory,
                processes,
                modules,
                cpuNanos);
    }

    /// `nanos` gives the processor time used so far.
    public Surroundings withCpuTime(LongSupplier nanos) {
        return new Surroundings(
                input,
                output,
                errors,
                time,
                zone,
                seed,
                environment,
                directory,
                processes,
                modules,
                Optional.of(nanos));
    }
}
