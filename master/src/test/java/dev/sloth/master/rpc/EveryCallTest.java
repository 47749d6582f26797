package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.security.authz.Role;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.Keys;
import dev.sloth.wire.Permissions;
import dev.sloth.wire.proto.JoinRequest;
import dev.sloth.wire.proto.Permission;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every call there is.
class EveryCallTest {
    private static final String EVERYBODY =
            "admin agent expired nobody operator revoked stranger viewer";
    private static final String ALL_ROLES = "admin operator viewer";
    private static final String THOSE_WHO_CHANGE = "admin operator";
    private static final String ADMIN = "admin";
    private static final String AGENT = "agent";

    /// Who may make which call, written down once more by hand.
    private static final Map<String, String> WHO_MAY =
            Map.ofEntries(
                    Map.entry("sloth.Enrolment/Join", EVERYBODY),
                    Map.entry("sloth.Agents/Session", AGENT),
                    Map.entry("sloth.Agents/Renew", AGENT),
                    Map.entry("sloth.Administration/CreateToken", ADMIN),
                    Map.entry("sloth.Administration/ListTokens", ALL_ROLES),
                    Map.entry("sloth.Administration/RevokeToken", ADMIN),
                    Map.entry("sloth.Administration/ListAgents", ALL_ROLES),
                    Map.entry("sloth.Administration/ShowAgent", ALL_ROLES),
                    Map.entry("sloth.Administration/ReadAgentLines", ALL_ROLES),
                    Map.entry("sloth.Administration/ListWatchers", ALL_ROLES),
                    Map.entry("sloth.Administration/RemoveWatchers", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Administration/RevokeAgent", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Administration/LabelAgent", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Administration/DrainAgent", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Administration/ResumeAgent", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Administration/RemoveAgent", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Commands/Execute", THOSE_WHO_CHANGE),
                    Map.entry("sloth.AccessControl/CreateAccess", ADMIN),
                    Map.entry("sloth.AccessControl/ChangeAccess", ADMIN),
                    Map.entry("sloth.AccessControl/RevokeAccess", ADMIN),
                    Map.entry("sloth.AccessControl/ListAccess", ADMIN),
                    Map.entry("sloth.AccessControl/ShowAccess", ADMIN),
                    Map.entry("sloth.Oversight/ListAudit", ALL_ROLES),
                    Map.entry("sloth.Oversight/ShowCluster", ALL_ROLES),
                    Map.entry("sloth.Runs/Find", ALL_ROLES),
                    Map.entry("sloth.Runs/List", ALL_ROLES),
                    Map.entry("sloth.Runs/Journal", ALL_ROLES),
                    Map.entry("sloth.Runs/Snapshot", ALL_ROLES),
                    Map.entry("sloth.Runs/Content", ALL_ROLES),
                    Map.entry("sloth.Runs/Outputs", ALL_ROLES),
                    Map.entry("sloth.Runs/Output", ALL_ROLES),
                    Map.entry("sloth.Runs/Artifacts", ALL_ROLES),
                    Map.entry("sloth.Runs/Artifact", ALL_ROLES),
                    Map.entry("sloth.Runs/Attempts", ALL_ROLES),
                    Map.entry("sloth.Runs/Requests", ALL_ROLES),
                    Map.entry("sloth.Runs/Places", ALL_ROLES),
                    Map.entry("sloth.Runs/Follow", ALL_ROLES),
                    Map.entry("sloth.Runs/Ask", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Runs/Missing", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Runs/Submit", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Runs/Retry", THOSE_WHO_CHANGE),
                    Map.entry("sloth.Work/Content", AGENT),
                    Map.entry("sloth.Work/Secrets", AGENT),
                    Map.entry("sloth.Work/Logs", AGENT),
                    Map.entry("sloth.Work/Keep", AGENT),
                    Map.entry("sloth.Work/Artifacts", AGENT),
                    Map.entry("sloth.Shared/Ask", AGENT),
                    Map.entry("sloth.Shared/Lock", AGENT),
                    Map.entry("sloth.Shared/Transaction", AGENT),
                    Map.entry("sloth.Shared/Watch", AGENT),
                    Map.entry("sloth.Shared/Dispatch", AGENT),
                    Map.entry("sloth.Shared/Hooks", AGENT),
                    Map.entry("sloth.Shared/Agree", AGENT),
                    Map.entry("sloth.Shared/Tell", AGENT),
                    Map.entry("sloth.Shared/Settle", AGENT),
                    Map.entry("sloth.Shared/Terms", AGENT));

    /// What is said to somebody because of who they are.
    private static final Set<String> REFUSALS =
            Set.of(
                    "SLOTH-4711",
                    "SLOTH-4712",
                    "SLOTH-4713",
                    "SLOTH-4732",
                    "SLOTH-4733",
                    "SLOTH-4735");

    @TempDir private Path folder;
    private DoorWorld world;

    @BeforeEach
    void open() {
        world = new DoorWorld(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void each_declares_the_permission_it_needs() {
        assertThat(world.calls()).hasSizeGreaterThan(45);
        var silent =
                world.calls().stream()
                        .filter(call -> Permissions.of(call) == Permission.PERMISSION_NONE)
                        .map(MethodDescriptor::getFullMethodName)
                        .toList();
        assertThat(silent).isEmpty();
    }

    private Map<String, ManagedChannel> callers() {
        var revoked = world.person("rose", Role.ADMIN);
        var _ = world.access.revoke("rose", new Deed("test", "here", "SetUp"));
        var callers = new LinkedHashMap<String, ManagedChannel>();
        callers.put("nobody", world.nobody());
        callers.put("agent", world.as(world.agent("a1", "web1")));
        callers.put("admin", world.administrator());
        callers.put("operator", world.as(world.person("olga", Role.OPERATOR)));
        callers.put("viewer", world.as(world.person("vera", Role.VIEWER)));
        callers.put("revoked", world.as(revoked));
        callers.put("expired", world.as(lasting()));
        callers.put("stranger", world.as(unknown("olga")));
        return callers;
    }

    /// Whose access is over, though their certificate is not.
    private Credentials lasting() {
        var pair = Keys.make(world.random);
        var wish =
                new dev.sloth.core.security.authz.Access.Wish(
                        "eve", Role.ADMIN, Keys.pin(pair.getPublic()), Duration.ofMinutes(1));
        var _ = world.access.create(wish, new Deed("test", "here", "SetUp"));
        var chain = world.authority.user(pair.getPublic(), "eve", DoorWorld.LIFE);
        world.now.set(DoorWorld.NOW.plus(Duration.ofMinutes(1)));
        return new Credentials(pair.getPrivate(), chain);
    }

    /// A certificate of ours with the name of somebody and a key that was never theirs.
    private Credentials unknown(String name) {
        var pair = Keys.make(world.random);
        return new Credentials(
                pair.getPrivate(), world.authority.user(pair.getPublic(), name, DoorWorld.LIFE));
    }

    @Test
    void each_is_for_those_who_are_written_here_and_for_nobody_else() {
        var found = new TreeMap<String, String>();
        var callers = callers();
        for (var call : world.calls()) {
            var name = call.getFullMethodName();
            var may =
                    callers.entrySet().stream()
                            .filter(caller ->
                                    !REFUSALS.contains(
                                            world.refusal(caller.getValue(), name, new byte[0])))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .collect(Collectors.joining(" "));
            found.put(name, may);
        }
        assertThat(found).isEqualTo(new TreeMap<>(WHO_MAY));
    }

    @Test
    void whoever_has_no_certificate_changes_nothing_and_is_written_down() {
        var nobody = world.nobody();
        var open = new ArrayList<String>();
        for (var call : world.calls()) {
            var name = call.getFullMethodName();
            if (!world.refusal(nobody, name, new byte[0]).equals(Guard.DENIED)) {
                open.add(name);
            }
        }
        assertThat(open).containsExactly("sloth.Enrolment/Join");
        int changed =
                world.store
                        .cluster()
                        .read(t -> t.tokens().size() + t.agents().size() + t.access().size());
        assertThat(changed).isZero();
        assertThat(world.submitted).isEmpty();
        assertThat(world.audited())
                .allMatch(row -> !row.allowed() && row.who().equals("nobody"))
                .extracting(AuditRow::what)
                .containsExactlyElementsOf(world.calls().stream().map(Peer::name).toList());
    }

    @Test
    void reading_leaves_nothing_in_the_audit_log() {
        var viewer = world.as(world.person("vera", Role.VIEWER));
        for (var name :
                List.of(
                        "sloth.Administration/ListAgents",
                        "sloth.Administration/ShowAgent",
                        "sloth.Administration/ListTokens",
                        "sloth.Oversight/ListAudit",
                        "sloth.Oversight/ShowCluster")) {
            var _ = world.refusal(viewer, name, new byte[0]);
        }
        assertThat(world.audited()).isEmpty();
    }

    @Test
    void a_changed_role_holds_from_the_next_call_on() {
        var caller = world.as(world.person("vera", Role.VIEWER));
        var by = new Deed("test", "here", "SetUp");
        var drain = "sloth.Administration/DrainAgent";
        assertThat(world.refusal(caller, drain, new byte[0])).isEqualTo(Guard.DENIED);
        var _ = world.access.change("vera", Role.OPERATOR, by);
        assertThat(world.refusal(caller, drain, new byte[0])).isEqualTo("SLOTH-4720");
        var _ = world.access.revoke("vera", by);
        assertThat(world.refusal(caller, drain, new byte[0])).isEqualTo("SLOTH-4732");
    }

    @Test
    void no_certificate_outlives_its_end_on_a_connection_that_stays() {
        var caller = world.as(world.person("vera", Role.VIEWER));
        var list = "sloth.Administration/ListAgents";
        assertThat(world.refusal(caller, list, new byte[0])).isEmpty();
        world.now.set(DoorWorld.NOW.plus(DoorWorld.LIFE));
        assertThat(world.refusal(caller, list, new byte[0])).isEqualTo("SLOTH-4726");
    }

    @Test
    void an_agent_whose_certificate_ends_on_a_connection_that_stays_is_told_just_that() {
        var agent = world.as(world.agent("a1", "web1"));
        var renew = "sloth.Agents/Renew";
        assertThat(world.refusal(agent, renew, new byte[0])).isEqualTo("SLOTH-4716");
        world.now.set(DoorWorld.NOW.plus(Duration.ofDays(40_000)));
        assertThat(world.refusal(agent, renew, new byte[0])).isEqualTo("SLOTH-4726");
        assertThat(world.told)
                .anyMatch(event ->
                        event instanceof MasterEvent.Refused refused
                                && refused.problem().code().equals("SLOTH-4726")
                                && refused.problem().remedy().contains("joins again"));
    }

    @Test
    void the_name_of_a_role_in_a_certificate_of_another_authority_is_worth_nothing()
            throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var other =
                Authority.open(
                        elsewhere.resolve("ca.pem"), Lives.DEFAULT, world.random, world.now::get);
        var caller = world.as(other.administrator("admin"));
        assertThat(world.refusal(caller, "sloth.Administration/ListAgents", new byte[0]))
                .isEqualTo(Guard.DENIED);
    }

    @Test
    void a_call_that_nobody_declared_is_none() {
        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                world.ask(
                                        world.nobody(),
                                        "sloth.Administration/MakeMeKing",
                                        new byte[0]));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void an_agent_that_is_too_old_is_told_so_and_so_is_the_master() {
        var request = JoinRequest.newBuilder().setVersion("0.0.1").build().toByteArray();
        assertThat(world.refusal(world.nobody(), "sloth.Enrolment/Join", request))
                .isEqualTo("SLOTH-4709");
        assertThat(world.told)
                .anyMatch(event ->
                        event instanceof MasterEvent.Refused refused
                                && refused.problem().code().equals("SLOTH-4709")
                                && refused.problem().message().contains("0.0.1"));
    }

    @Test
    void an_agent_for_which_the_master_is_too_old_is_told_before_its_token_is_used() {
        var request =
                JoinRequest.newBuilder()
                        .setProtocol(9)
                        .setOldest(7)
                        .setVersion("9.0")
                        .build()
                        .toByteArray();
        assertThat(world.refusal(world.nobody(), "sloth.Enrolment/Join", request))
                .isEqualTo("SLOTH-4709");
        assertThat(world.told)
                .anyMatch(event ->
                        event instanceof MasterEvent.Refused refused
                                && refused.problem()
                                        .message()
                                        .equals(
                                                "the agent's version 9.0 knows no protocol older than"
                                                        + " 7, and this master speaks protocol 1")
                                && refused.problem().remedy().contains("on the master's machine"));
    }

    @Test
    void a_request_that_is_no_request_is_refused_without_a_fault() {
        var request =
                JoinRequest.newBuilder().setProtocol(1).setVersion("1.0").build().toByteArray();
        assertThat(world.refusal(world.nobody(), "sloth.Enrolment/Join", request))
                .isEqualTo("SLOTH-4716");
        assertThat(world.told).noneMatch(event -> event instanceof MasterEvent.Trouble);
    }

    // ---- the page

    @Test
    void the_page_shows_who_may_make_which_call() throws IOException {
        var page =
                Files.readString(
                        Path.of(System.getProperty("sloth.root", "..")).resolve("docs/cluster.md"));
        var start = "<!-- rights -->\n";
        int from = page.indexOf(start) + start.length();
        assertThat(page.substring(from, page.indexOf("<!-- end of rights -->")))
                .as("replace the table in docs/cluster.md with this")
                .isEqualTo(table());
    }

    private String table() {
        var lines = new ArrayList<String>();
        lines.add("| call | needs | who may |");
        lines.add("|---|---|---|");
        for (var call : world.calls()) {
            var needed = Permissions.of(call);
            lines.add(
                    "| `%s.%s` | `%s` | %s |"
                            .formatted(
                                    String.valueOf(call.getServiceName()).replace("sloth.", ""),
                                    call.getBareMethodName(),
                                    needed.name().replace("PERMISSION_", ""),
                                    who(needed)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String who(Permission needed) {
        return switch (needed) {
            case PERMISSION_JOIN -> "whoever has a join token";
            case PERMISSION_SERVE -> "an agent, for itself";
            default ->
                    List.of(Role.values()).stream()
                            .filter(role -> Rights.has(role, needed))
                            .map(Role::word)
                            .collect(Collectors.joining(", "));
        };
    }
}
