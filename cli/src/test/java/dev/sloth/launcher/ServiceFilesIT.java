package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files in `dist` for systemd, as systemd's own tools read them.
final class ServiceFilesIT {
    private static final String INSTALLED = "/usr/bin/sloth-runner";

    @TempDir private Path folder;
    private Shell shell = Shell.in(Path.of("."), Path.of("."));

    @BeforeEach
    void makeHome() throws IOException {
        shell = Shell.in(folder, Files.createDirectory(folder.resolve("home")));
    }

    private static Path dist(String name) {
        return Shell.root().resolve("dist").resolve(name);
    }

    /// With the program where it is and not where it is installed.
    private Path unit(String name) throws IOException {
        var text = Files.readString(dist("systemd/" + name));
        assertThat(text).contains(INSTALLED);
        var program = Shell.root().resolve("sloth-runner").toString();
        return Files.writeString(folder.resolve(name), text.replace(INSTALLED, program));
    }

    private Shell.Ended verified(Path unit) throws Exception {
        return shell.run("systemd-analyze", "verify", "--man=no", unit.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sloth-master.service", "sloth-agent.service"})
    void systemd_finds_nothing_wrong_with_a_unit(String name) throws Exception {
        var ended = verified(unit(name));
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out() + ended.err()).isEmpty();
    }

    @Test
    void systemd_finds_nothing_wrong_with_an_agent_that_is_root() throws Exception {
        var unit = unit("sloth-agent.service");
        var more = Files.createDirectory(folder.resolve("sloth-agent.service.d"));
        Files.copy(dist("systemd/sloth-agent-root.conf"), more.resolve("root.conf"));
        var ended = verified(unit);
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out() + ended.err()).isEmpty();
    }

    @Test
    void systemd_would_find_something_wrong() throws Exception {
        var unit = unit("sloth-agent.service");
        Files.writeString(unit, Files.readString(unit).replace("KillMode=", "KillMood="));
        var ended = verified(unit);
        assertThat(ended.out() + ended.err()).contains("KillMood");
    }

    @Test
    void tasks_outlive_their_agent_and_nobody_has_more_rights_than_needed() throws Exception {
        var agent = Files.readString(dist("systemd/sloth-agent.service"));
        assertThat(agent.lines())
                .contains(
                        "KillMode=process",
                        "LimitNOFILE=65536",
                        "NoNewPrivileges=yes",
                        "User=sloth-agent",
                        "StateDirectory=sloth-agent")
                .doesNotContain("PrivateTmp=yes");
        var master = Files.readString(dist("systemd/sloth-master.service"));
        assertThat(master.lines())
                .contains(
                        "LimitNOFILE=65536",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict",
                        "User=sloth-master",
                        "StateDirectory=sloth-master");
    }

    @Test
    void the_users_of_the_units_are_made() throws Exception {
        var ended =
                shell.run(
                        "systemd-sysusers",
                        "--dry-run",
                        "--root=" + folder,
                        dist("sysusers.d/sloth-runner.conf").toString());
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.all())
                .contains("Creating user 'sloth-master'", "Creating user 'sloth-agent'");
    }

    @Test
    void the_folders_of_the_units_are_told_rightly() throws Exception {
        Files.createDirectory(folder.resolve("etc"));
        var users =
                shell.run(
                        "systemd-sysusers",
                        "--root=" + folder,
                        dist("sysusers.d/sloth-runner.conf").toString());
        assertThat(users.code()).as(users.all()).isZero();
        var ended =
                shell.run(
                        "systemd-tmpfiles",
                        "--remove",
                        "--root=" + folder,
                        dist("tmpfiles.d/sloth-runner.conf").toString());
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out() + ended.err()).isEmpty();
    }
}
