package dev.sloth.plugins.facts;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.util.List;

/// The module `facts`.
public final class FactsModule {
    private static final String HERE = "local";

    /// Reads what a call asks for.
    private interface Answer {
        Value of(Call call, Facts facts) throws IOException, InterruptedException;
    }

    private FactsModule() {}

    public static Module module() {
        return Module.named("facts", "What the machine is and has. Sizes are in bytes.")
                .functions(everything(), query())
                .functions(hostname(), platform(), kernel(), uptime(), load())
                .functions(memory(), disk(), network(), mounts(), processes())
                .functions(users(), user(), services(), service(), packages(), onePackage());
    }

    private static Function.Builder reading(String name) {
        return Function.named(name).needs(Permission.FS).namedOrPositional();
    }

    private static Function.Builder asking(String name) {
        return reading(name).needs(Permission.EXEC);
    }

    /// Ends a declaration: what all of them have in common.
    private static Function done(Function.Builder function, Type type, String what, Answer answer) {
        return function.optional("agent", Type.STRING, "Which machine; only local has no master.")
                .returnsOrNil("facts", type, what + ", or nil.")
                .returnsOrNil("error", Type.STRING, "Why there is none, or nil.")
                .body(call -> answer(call, answer));
    }

    private static List<Value> answer(Call call, Answer answer) throws InterruptedException {
        var agent = call.text("agent", "");
        if (!agent.isEmpty() && !agent.equals(HERE)) {
            return Results.fail("needs a master: the facts of the agent " + agent);
        }
        try {
            var facts = new Facts(call.host());
            return Results.of(call.host().blocking(() -> answer.of(call, facts)));
        } catch (IOException e) {
            return Results.fail(Failures.sentence(e));
        }
    }

    private static Function everything() {
        return done(
                asking("get_all")
                        .doc(
                                "Gives all facts by name. Those that this machine cannot tell are"
                                        + " under missing, with the reasons.")
                        .example("local f = facts.get_all() print(f.platform.os)"),
                Type.TABLE,
                "The facts by name",
                (_, facts) -> facts.all());
    }

    private static Function query() {
        return done(
                asking("query")
                        .doc("Gives one fact of get_all by its path; lists count from 1.")
                        .param("path", Type.STRING, "Names with points between them.")
                        .example("local total = facts.query({path = \"memory.total\"})"),
                Type.ANY,
                "The fact",
                (call, facts) -> facts.at(call.text("path")));
    }

    private static Function hostname() {
        return done(
                reading("get_hostname")
                        .doc("Gives the name of the machine.")
                        .example("print(facts.get_hostname())"),
                Type.STRING,
                "The name",
                (_, facts) -> facts.machine().hostname());
    }

    private static Function platform() {
        return done(
                reading("get_platform")
                        .doc("Says what system runs here.")
                        .example("if facts.get_platform().family == \"debian\" then apt() end"),
                Type.TABLE,
                "With os, family, version, architecture, kernel, kernel_version and, in a virtual"
                        + " machine, virtualization",
                (_, facts) -> facts.machine().platform());
    }

    private static Function kernel() {
        return done(
                reading("get_kernel")
                        .doc("Says which kernel runs here.")
                        .example("print(facts.get_kernel().version)"),
                Type.TABLE,
                "With name and version",
                (_, facts) -> facts.machine().kernel());
    }

    private static Function uptime() {
        return done(
                reading("get_uptime")
                        .doc("Says since when the machine has been running.")
                        .example("print(facts.get_uptime().seconds)"),
                Type.TABLE,
                "With seconds, boot_time in seconds since 1970, and timezone",
                (_, facts) -> facts.machine().uptime(facts.host().zone()));
    }

    private static Function load() {
        return done(
                reading("get_load")
                        .doc("Gives the load averages over 1, 5 and 15 minutes.")
                        .example("if facts.get_load()[1] > 4 then log.warn(\"busy\") end"),
                Type.TABLE,
                "A list of three numbers",
                (_, facts) -> facts.machine().load());
    }

    private static Function memory() {
        return done(
                reading("get_memory")
                        .doc("Says how much memory there is.")
                        .example("print(facts.get_memory().used_percent)"),
                Type.TABLE,
                "With total, available, used and used_percent, and on Linux free, cached and"
                        + " buffers",
                (_, facts) -> facts.machine().memory());
    }

    private static Function disk() {
        return done(
                reading("get_disk")
                        .doc("Says how much room the disks have.")
                        .optional("mountpoint", Type.STRING, "Only the disk mounted here.")
                        .example("print(facts.get_disk({mountpoint = \"/\"}).free)"),
                Type.TABLE,
                "With device, mountpoint, fstype, total, used, free and used_percent; a list of"
                        + " such without mountpoint",
                (call, facts) ->
                        call.given("mountpoint")
                                ? facts.machine().disk(call.text("mountpoint"))
                                : facts.machine().disks());
    }

    private static Function network() {
        return done(
                reading("get_network")
                        .doc("Says how the machine is connected.")
                        .optional("interface", Type.STRING, "Only the interface of this name.")
                        .example("print(facts.get_network({interface = \"lo\"}).addresses[1])"),
                Type.TABLE,
                "With name, mac, mtu, up, addresses, bytes_received and bytes_sent; a list of such"
                        + " without interface",
                (call, facts) ->
                        call.given("interface")
                                ? facts.machine().network(call.text("interface"))
                                : facts.machine().networks());
    }

    private static Function mounts() {
        return done(
                reading("get_mounts")
                        .doc("Lists what is mounted.")
                        .example("for _, m in ipairs(facts.get_mounts()) do print(m.device) end"),
                Type.TABLE,
                "A list of tables with device, mountpoint, fstype and options",
                (_, facts) -> facts.machine().mounts());
    }

    private static Function processes() {
        return done(
                reading("get_processes")
                        .doc("Counts the processes of the machine.")
                        .example("print(facts.get_processes().total)"),
                Type.TABLE,
                "With total, running, sleeping and zombie",
                (_, facts) -> facts.machine().processes());
    }

    private static Function users() {
        return done(
                reading("get_users")
                        .doc("Lists the users that the machine itself knows.")
                        .example("for _, u in ipairs(facts.get_users()) do print(u.home) end"),
                Type.TABLE,
                "A list of tables with username, uid, gid, home and shell",
                (_, _) -> DataTable.list(SystemFiles.users()));
    }

    private static Function user() {
        return done(
                reading("get_user")
                        .doc("Gives one user that the machine itself knows.")
                        .param("username", Type.STRING, "The user's name.")
                        .example("local u, err = facts.get_user({username = \"root\"})"),
                Type.TABLE,
                "With username, uid, gid, home and shell",
                (call, _) -> user(call.text("username")));
    }

    private static Value user(String name) throws IOException {
        for (var user : SystemFiles.users()) {
            if (user.at("username").equals(Text.of(name))) {
                return user;
            }
        }
        throw new IOException("there is no user " + name);
    }

    private static Function services() {
        return done(
                asking("get_services")
                        .doc("Lists the services that systemd knows.")
                        .example("local all, err = facts.get_services()"),
                Type.TABLE,
                "A list of tables with name, status (such as active) and state (such as running)",
                (_, facts) -> facts.services().all());
    }

    private static Function service() {
        return done(
                asking("get_service")
                        .doc("Gives one service that systemd knows.")
                        .param("name", Type.STRING, "The name, with or without .service.")
                        .example("local s = facts.get_service({name = \"ssh\"})"),
                Type.TABLE,
                "With name, status (such as active) and state (such as running)",
                (call, facts) -> facts.services().one(call.text("name")));
    }

    private static Function packages() {
        return done(
                asking("get_packages")
                        .doc("Lists the packages that dpkg or rpm has installed.")
                        .example("print(facts.get_packages().installed_count)"),
                Type.TABLE,
                "With manager, installed_count and packages, a list of tables as get_package gives"
                        + " them; where there is apt also updates_available and updates",
                (_, facts) -> facts.packages().all());
    }

    private static Function onePackage() {
        return done(
                asking("get_package")
                        .doc("Says whether a package is installed.")
                        .param("name", Type.STRING, "The package's name.")
                        .example("if not facts.get_package({name = \"git\"}).installed then end"),
                Type.TABLE,
                "With name and installed, and if it is also version, architecture and description",
                (call, facts) -> facts.packages().one(call.text("name")));
    }
}
