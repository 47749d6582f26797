package dev.sloth.plugins.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.RealProcesses;
import dev.sloth.plugins.testing.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {
    private final TestHost host = new TestHost();
    private final Caller facts = new Caller(FactsModule.module(), host);

    /// Tools that answer by their name; any other cannot be started.
    private static final class Answers implements Processes {
        private final Map<String, Ended> byTool;
        final List<Command> commands = new ArrayList<>();

        Answers(Map<String, Ended> byTool) {
            this.byTool = byTool;
        }

        @Override
        public Ended run(Command command) throws IOException {
            commands.add(command);
            var tool = command.argv().getFirst();
            var answer = byTool.get(tool);
            if (answer == null) {
                throw new IOException("cannot run " + tool + ": not found");
            }
            return command.argv().contains("--version") ? said(0, tool + " 1.0\n", "") : answer;
        }
    }

    private static Processes.Ended said(int exit, String stdout, String stderr) {
        return new Processes.Ended(
                exit,
                stdout.getBytes(StandardCharsets.UTF_8),
                stderr.getBytes(StandardCharsets.UTF_8),
                false,
                false,
                Duration.ZERO);
    }

    private Caller with(Map<String, Processes.Ended> answers) {
        host.processes(new Answers(answers));
        return facts;
    }

    private static Value field(Value table, String name) {
        return ((Value.Table) table).at(name);
    }

    private static double number(Value table, String name) {
        return ((Value.Num) field(table, name)).value();
    }

    private static String text(Value table, String name) {
        return Caller.plain(field(table, name));
    }

    private static List<Value> items(Value list) {
        return dev.sloth.plugins.value.Lists.items((Value.Table) list);
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file)).strip();
    }

    @Test
    void every_function_refuses_an_agent_without_a_master() {
        var wanted = Map.of("get_package", "name", "get_service", "name", "get_user", "username");
        for (var function : FactsModule.module().functions()) {
            var arguments = new DataTable().with("agent", "web-1");
            var required = function.name().equals("query") ? "path" : wanted.get(function.name());
            if (required != null) {
                arguments.with(required, "x");
            }
            assertThat(facts.all(function.name(), arguments))
                    .as(function.name())
                    .containsExactly(
                            Value.Nil.NIL, Text.of("needs a master: the facts of the agent web-1"));
        }
        assertThat(facts.truth("get_kernel", Map.of("agent", "local"))).isTrue();
        assertThat(facts.truth("get_kernel", Map.of("agent", ""))).isTrue();
    }

    @Test
    void the_platform_is_what_the_system_files_say() throws Exception {
        var release = read("/proc/sys/kernel/osrelease");
        assertThat(facts.text("get_hostname")).isEqualTo(read("/proc/sys/kernel/hostname"));
        var kernel = facts.call("get_kernel");
        assertThat(text(kernel, "name")).isEqualTo("Linux");
        assertThat(text(kernel, "version")).isEqualTo(release);
        var platform = facts.call("get_platform");
        assertThat(text(platform, "os")).isEqualTo("linux");
        assertThat(text(platform, "kernel_version")).isEqualTo(release);
        assertThat(text(platform, "architecture")).isEqualTo(System.getProperty("os.arch"));
        assertThat(read("/etc/os-release")).contains(text(platform, "version"));
        assertThat(read("/etc/os-release")).contains(text(platform, "family"));
    }

    @Test
    void uptime_and_load_are_those_of_proc() throws Exception {
        double seconds = Double.parseDouble(read("/proc/uptime").split(" ", 2)[0]);
        var uptime = facts.call("get_uptime");
        assertThat(number(uptime, "seconds")).isCloseTo(seconds, within(60.0));
        var boot = read("/proc/stat").lines().filter(l -> l.startsWith("btime ")).findFirst();
        assertThat(number(uptime, "boot_time"))
                .isCloseTo(Double.parseDouble(boot.orElseThrow().substring(6)), within(2.0));
        assertThat(text(uptime, "timezone")).isEqualTo("America/Bahia_Banderas");
        var loads = items(facts.call("get_load"));
        assertThat(loads)
                .hasSize(3)
                .allSatisfy(load -> {
                    assertThat(((Value.Num) load).value()).isBetween(0.0, 1e4);
                });
    }

    @Test
    void memory_adds_up_to_what_the_kernel_has() throws Exception {
        var memory = facts.call("get_memory");
        var total = read("/proc/meminfo").lines().findFirst().orElseThrow().replaceAll("\\D", "");
        assertThat(number(memory, "total")).isEqualTo(Double.parseDouble(total) * 1024);
        assertThat(number(memory, "used") + number(memory, "available"))
                .isEqualTo(number(memory, "total"));
        assertThat(number(memory, "used_percent")).isBetween(0.0, 100.0);
        for (var name : List.of("free", "cached", "buffers")) {
            assertThat(number(memory, name)).as(name).isBetween(0.0, number(memory, "total"));
        }
    }

    @Test
    void disks_and_mounts_are_found_by_their_place() throws Exception {
        var mounts = items(facts.call("get_mounts"));
        assertThat(mounts).hasSize((int) read("/proc/self/mounts").lines().count());
        assertThat(mounts)
                .allSatisfy(m -> {
                    assertThat(text(m, "mountpoint")).startsWith("/");
                    assertThat(text(m, "options")).isNotEmpty();
                });
        var proc = mounts.stream().filter(m -> text(m, "mountpoint").equals("/proc")).findFirst();
        assertThat(text(proc.orElseThrow(), "fstype")).isEqualTo("proc");
        for (var disk : items(facts.call("get_disk"))) {
            var place = text(disk, "mountpoint");
            var same = facts.call("get_disk", Map.of("mountpoint", place));
            var store = Files.getFileStore(Path.of(place));
            assertThat(number(same, "total")).as(place).isEqualTo((double) store.getTotalSpace());
            assertThat(number(same, "used_percent")).as(place).isBetween(0.0, 100.0);
        }
        assertThat(facts.error("get_disk", Map.of("mountpoint", "/no/such")))
                .isEqualTo("there is no disk at /no/such");
    }

    @Test
    void the_loopback_interface_is_found() {
        var loopback = facts.call("get_network", Map.of("interface", "lo"));
        assertThat(items(field(loopback, "addresses"))).contains(Text.of("127.0.0.1"));
        assertThat(field(loopback, "up")).isEqualTo(Value.Bool.TRUE);
        assertThat(number(loopback, "mtu")).isPositive();
        assertThat(items(facts.call("get_network")))
                .extracting(network -> text(network, "name"))
                .contains("lo");
        assertThat(facts.error("get_network", Map.of("interface", "none0")))
                .isEqualTo("there is no interface none0");
    }

    @Test
    void processes_are_counted_by_what_they_do() {
        var counted = facts.call("get_processes");
        assertThat(number(counted, "total")).isPositive();
        assertThat(
                        number(counted, "running")
                                + number(counted, "sleeping")
                                + number(counted, "zombie"))
                .isBetween(1.0, number(counted, "total"));
    }

    @Test
    void users_are_those_of_the_password_file() throws Exception {
        var users = items(facts.call("get_users"));
        assertThat(users).hasSize((int) read("/etc/passwd").lines().count());
        var root = facts.call("get_user", Map.of("username", "root"));
        assertThat(number(root, "uid")).isZero();
        assertThat(number(root, "gid")).isZero();
        assertThat(text(root, "home")).isEqualTo("/root");
        assertThat(users).contains(root);
        assertThat(read("/etc/passwd")).contains(":" + text(root, "shell"));
        assertThat(facts.error("get_user", "nobody-such"))
                .isEqualTo("there is no user nobody-such");
    }

    @Test
    void packages_are_those_that_dpkg_lists() {
        var tools =
                new Answers(
                        Map.of(
                                "dpkg-query",
                                said(
                                        0,
                                        """
                                        installed\tgit\t1:2.39\tamd64\tfast\tcontrol
                                        config-files\told\t1\tall\tgone
                                        """,
                                        ""),
                                "apt-get",
                                said(
                                        0,
                                        "Inst git [1:2.39] (1:2.40 Debian:12 [amd64])\nConf git\n",
                                        "")));
        host.processes(tools);
        var all = facts.call("get_packages");
        assertThat(text(all, "manager")).isEqualTo("dpkg");
        assertThat(number(all, "installed_count")).isEqualTo(1);
        assertThat(items(field(all, "packages")).getFirst())
                .isEqualTo(
                        new DataTable()
                                .with("name", "git")
                                .with("version", "1:2.39")
                                .with("architecture", "amd64")
                                .with("description", "fast\tcontrol")
                                .with("installed", true));
        assertThat(number(all, "updates_available")).isEqualTo(1);
        assertThat(text(items(field(all, "updates")).getFirst(), "version")).isEqualTo("1:2.40");
        assertThat(tools.commands)
                .allSatisfy(command -> {
                    assertThat(command.quiet()).isTrue();
                    assertThat(command.timeout()).isPositive();
                });
    }

    @Test
    void packages_may_come_from_rpm() {
        var rpm = with(Map.of("rpm", said(0, "installed\tgit\t2.4-1\tx86_64\tfast\n", "")));
        assertThat(text(rpm.call("get_packages"), "manager")).isEqualTo("rpm");
        assertThat(field(rpm.call("get_packages"), "updates")).isEqualTo(Value.Nil.NIL);
        assertThat(text(rpm.call("get_package", Map.of("name", "git")), "version"))
                .isEqualTo("2.4-1");
    }

    @Test
    void a_package_that_is_not_there_is_not_installed() {
        var dpkg = with(Map.of("dpkg-query", said(1, "", "no packages found")));
        assertThat(dpkg.all("get_package", "gti").getFirst())
                .isEqualTo(new DataTable().with("name", "gti").with("installed", false));
        assertThatThrownBy(() -> dpkg.call("get_package", "-W"))
                .isInstanceOf(CallFailure.class)
                .hasMessage("-W is not the name of a package");
    }

    @Test
    void the_package_manager_of_this_machine_knows_itself() throws Exception {
        host.processes(new RealProcesses());
        var dpkg = Path.of("/var/lib/dpkg/status");
        if (Files.exists(dpkg)) {
            var found = facts.call("get_package", Map.of("name", "dpkg"));
            assertThat(Files.readString(dpkg)).contains("Version: " + text(found, "version"));
        } else {
            assertThat(facts.all("get_package", "rpm")).isNotEmpty();
        }
    }

    @Test
    void a_tool_that_is_missing_or_fails_is_named() {
        var none = with(Map.of());
        assertThat(none.error("get_packages"))
                .isEqualTo("needs dpkg-query or rpm, and neither can be started here");
        assertThat(none.error("get_services"))
                .isEqualTo("needs systemd: cannot run systemctl: not found");
        var failing = with(Map.of("systemctl", said(1, "", "Failed to connect to bus\n")));
        assertThat(failing.error("get_service", "ssh"))
                .isEqualTo("needs systemd: systemctl failed: Failed to connect to bus");
    }

    @Test
    void services_are_those_that_systemctl_lists() {
        var list =
                """
                ssh.service    loaded active   running OpenBSD Secure Shell server
                foo.service    not-found inactive dead foo.service
                """;
        var listed = with(Map.of("systemctl", said(0, list, "")));
        assertThat(items(listed.call("get_services")))
                .containsExactly(
                        service("ssh", "active", "running"), service("foo", "inactive", "dead"));
        var shown = "Id=ssh.service\nLoadState=loaded\nActiveState=active\nSubState=running\n";
        var one = with(Map.of("systemctl", said(0, shown, "")));
        assertThat(one.call("get_service", Map.of("name", "sshd")))
                .isEqualTo(service("ssh", "active", "running"));
        var absent = with(Map.of("systemctl", said(0, "Id=x.service\nLoadState=not-found\n", "")));
        assertThat(absent.error("get_service", "x")).isEqualTo("there is no service x");
        assertThatThrownBy(() -> absent.call("get_service", "--all"))
                .isInstanceOf(CallFailure.class);
    }

    private static DataTable service(String name, String status, String state) {
        return new DataTable().with("name", name).with("status", status).with("state", state);
    }

    @Test
    void all_facts_come_by_name_and_say_what_is_missing() {
        var all = with(Map.of()).call("get_all");
        assertThat(text(all, "hostname")).isEqualTo(facts.text("get_hostname"));
        for (var name : List.of("platform", "kernel", "uptime", "load", "memory", "disk")) {
            assertThat(field(all, name)).as(name).isInstanceOf(Value.Table.class);
        }
        for (var name : List.of("network", "mounts", "processes", "users")) {
            assertThat(field(all, name)).as(name).isInstanceOf(Value.Table.class);
        }
        assertThat(text(field(all, "missing"), "packages")).startsWith("needs dpkg-query or rpm");
        assertThat(text(field(all, "missing"), "services")).startsWith("needs systemd");
    }

    @Test
    void a_query_follows_its_path_and_runs_no_tool_it_does_not_need() {
        var tools = new Answers(Map.of());
        host.processes(tools);
        assertThat(facts.call("query", Map.of("path", "memory.total")))
                .isEqualTo(field(facts.call("get_memory"), "total"));
        assertThat(facts.call("query", "users.1"))
                .isEqualTo(items(facts.call("get_users")).getFirst());
        assertThat(tools.commands).isEmpty();
        assertThat(facts.error("query", "memory.totl")).isEqualTo("there is no fact memory.totl");
        assertThat(facts.error("query", "memory.total.x"))
                .isEqualTo("there is no fact memory.total.x");
        assertThat(facts.error("query", "mem")).startsWith("there is no fact mem; there are [");
    }
}
