package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.sloth.core.security.authz.Role;
import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.TokenRow;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Keys;
import dev.sloth.wire.Permissions;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.SigningRequest;
import dev.sloth.wire.proto.AccessChange;
import dev.sloth.wire.proto.AccessName;
import dev.sloth.wire.proto.AgentLabels;
import dev.sloth.wire.proto.AgentName;
import dev.sloth.wire.proto.AgentRemoval;
import dev.sloth.wire.proto.Asker;
import dev.sloth.wire.proto.CommandWanted;
import dev.sloth.wire.proto.JoinRequest;
import dev.sloth.wire.proto.NewAccess;
import dev.sloth.wire.proto.NewToken;
import dev.sloth.wire.proto.RenewRequest;
import dev.sloth.wire.proto.RunRequest;
import dev.sloth.wire.proto.RunRequestKind;
import dev.sloth.wire.proto.SecretsRequest;
import dev.sloth.wire.proto.TermsRequest;
import dev.sloth.wire.proto.TokenCreated;
import dev.sloth.wire.proto.TokenName;
import dev.sloth.wire.proto.WatcherRemoval;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What changes something is written down with the change, or there is no change.
class AuditedCallsTest {
    private static final String APPEND = "append audit";
    private static final String NO_ROOM = "SLOTH-4104";

    /// Changes nothing, for all its permission; and those that are tried in `SubmissionTest` and
    /// `RetryingTest`.
    private static final Set<String> APART =
            Set.of("sloth.Runs/Missing", "sloth.Runs/Submit", "sloth.Runs/Retry");

    @TempDir private Path folder;
    private DoorWorld world;
    private final Set<String> tried = new TreeSet<>();

    @BeforeEach
    void open() {
        world = new DoorWorld(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    /// All that calls can change.
    private record Picture(List<TokenRow> tokens, List<AgentRow> agents, List<AccessRow> access) {
        static Picture of(ClusterTables tables) {
            return new Picture(tables.tokens(), tables.agents(), tables.access());
        }
    }

    private Picture picture() {
        return world.store.cluster().read(Picture::of);
    }

    /// Makes a call twice: without room for its row, which must change nothing, and with.
    private byte[] done(ManagedChannel caller, String call, String object, Message request) {
        tried.add("sloth." + call);
        var before = picture();
        int rows = world.audited().size();
        world.failing.add(APPEND);
        assertThat(refusal(caller, "sloth." + call, request)).as(call).isEqualTo(NO_ROOM);
        assertThat(picture()).as(call).usingRecursiveComparison().isEqualTo(before);
        world.failing.clear();

        byte[] answer = world.ask(caller, "sloth." + call, request.toByteArray());
        var audited = world.audited();
        assertThat(audited).as(call).hasSize(rows + 1);
        var row = audited.getLast();
        assertThat(row.what()).isEqualTo(call.replace('/', '.'));
        assertThat(row.object()).as(call).isEqualTo(object);
        assertThat(row.allowed()).isTrue();
        assertThat(row.code()).isEmpty();
        assertThat(row.outcome()).isNotEmpty();
        assertThat(row.address()).isEqualTo("127.0.0.1");
        assertThat(row.at()).isEqualTo(DoorWorld.NOW);
        return answer;
    }

    private ByteString signingRequest() {
        return ByteString.copyFrom(SigningRequest.make(Keys.make(world.random)));
    }

    @Test
    void each_change_is_written_down_and_none_is_made_when_that_fails() throws Exception {
        var admin = world.administrator();
        tokens(admin);
        var _ = world.agent("a1", "web1");
        var agent = world.as(world.agent("a2", "web2"));
        var renew = RenewRequest.newBuilder().setSigningRequest(signingRequest()).build();
        var _ = done(agent, "Agents/Renew", "web2", renew);
        agents(admin);
        commands(admin);
        access(admin);
        watchers(admin);
        runs(admin);
        assertThat(tried).isEqualTo(changing());
    }

    /// Written down before the agent is asked, which is not here.
    private void watchers(ManagedChannel admin) {
        var name = "Administration/RemoveWatchers";
        var call = "sloth." + name;
        tried.add(call);
        var removal = WatcherRemoval.newBuilder().setName("web2").addWatchers("hosts").build();
        int rows = world.audited().size();
        world.failing.add(APPEND);
        assertThat(refusal(admin, call, removal)).isEqualTo(NO_ROOM);
        world.failing.clear();
        assertThat(world.audited()).hasSize(rows);
        assertThat(refusal(admin, call, removal)).isNotEqualTo(NO_ROOM);
        var row = world.audited().get(rows);
        assertThat(row.what()).isEqualTo(name.replace('/', '.'));
        assertThat(row.object()).isEqualTo("web2");
        assertThat(row.outcome()).contains("hosts");
    }

    /// Written down before the run is asked, and again that there is none.
    private void runs(ManagedChannel admin) {
        var call = "sloth.Runs/Ask";
        tried.add(call);
        var cancel =
                RunRequest.newBuilder()
                        .setRun("20260329-013000-00000001")
                        .setKind(RunRequestKind.RUN_REQUEST_KIND_CANCEL)
                        .build();
        int rows = world.audited().size();
        world.failing.add(APPEND);
        assertThat(refusal(admin, call, cancel)).isEqualTo(NO_ROOM);
        world.failing.clear();
        assertThat(world.audited()).hasSize(rows);
        var _ = world.ask(admin, call, cancel.toByteArray());
        var kept = world.audited().subList(rows, world.audited().size());
        assertThat(kept).extracting(AuditRow::code).containsExactly("", "SLOTH-4003");
        assertThat(kept)
                .allMatch(row -> row.object().equals(cancel.getRun()) && row.allowed())
                .allMatch(row -> row.what().equals("Runs.Ask"));
    }

    private String refusal(ManagedChannel caller, String call, Message request) {
        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> world.ask(caller, call, request.toByteArray()));
        assertThat(failure).as(call).isNotNull();
        return DoorWorld.code(failure);
    }

    /// Those that must leave a row: what joins, renews and changes.
    private Set<String> changing() {
        return world.calls().stream()
                .filter(call -> {
                    var needed = Permissions.of(call).name();
                    return needed.endsWith("_CHANGE")
                            || needed.endsWith("_COMMAND")
                            || needed.endsWith("_JOIN")
                            || String.valueOf(call.getBareMethodName()).equals("Renew");
                })
                .map(MethodDescriptor::getFullMethodName)
                .filter(name -> !APART.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void tokens(ManagedChannel admin) throws InvalidProtocolBufferException {
        var wish = NewToken.newBuilder().setTtlMillis(60_000).setUses(1).build();
        world.failing.add(APPEND);
        var _ = world.refusal(admin, "sloth.Administration/CreateToken", wish.toByteArray());
        assertThat(picture().tokens()).isEmpty();
        world.failing.clear();
        tried.add("sloth.Administration/CreateToken");
        var made =
                TokenCreated.parseFrom(
                        world.ask(admin, "sloth.Administration/CreateToken", wish.toByteArray()));
        var token = JoinToken.of(made.getText());
        assertThat(world.audited()).extracting(AuditRow::object).containsExactly(token.id());
        assertThat(world.audited().toString()).doesNotContain(made.getText().split("\\.", -1)[1]);
        var join =
                JoinRequest.newBuilder()
                        .setProtocol(Protocol.VERSION)
                        .setVersion("1.0")
                        .setToken(token.id())
                        .setSecret(ByteString.copyFrom(token.secret()))
                        .setName("new1")
                        .setSlots(1)
                        .setSigningRequest(signingRequest())
                        .build();
        var _ = done(world.nobody(), "Enrolment/Join", "new1", join);
        var named = TokenName.newBuilder().setId(token.id()).build();
        var _ = done(admin, "Administration/RevokeToken", token.id(), named);
    }

    private void agents(ManagedChannel admin) {
        var web1 = AgentName.newBuilder().setName("web1").build();
        var labels =
                AgentLabels.newBuilder().setName("web1").setWithTags(true).addTags("db").build();
        var _ = done(admin, "Administration/LabelAgent", "web1", labels);
        var _ = done(admin, "Administration/DrainAgent", "web1", web1);
        var _ = done(admin, "Administration/ResumeAgent", "web1", web1);
        var _ = done(admin, "Administration/RevokeAgent", "web1", web1);
        var web2 = AgentRemoval.newBuilder().setName("web2").build();
        var _ = done(admin, "Administration/RemoveAgent", "web2", web2);
    }

    private void commands(ManagedChannel admin) {
        var _ = world.agent("a3", "web3");
        var wanted =
                CommandWanted.newBuilder()
                        .setRun("20260329-013000-00000002")
                        .setSelector("name == 'web3'")
                        .addWords("true")
                        .setTimeoutMillis(1_000)
                        .build();
        var _ = done(admin, "Commands/Execute", wanted.getSelector(), wanted);
        assertThat(world.submitted).isEmpty();
    }

    private void access(ManagedChannel admin) {
        var wish =
                NewAccess.newBuilder()
                        .setName("ann")
                        .setRole("viewer")
                        .setTtlMillis(60_000)
                        .setSigningRequest(signingRequest())
                        .build();
        var _ = done(admin, "AccessControl/CreateAccess", "ann", wish);
        var change = AccessChange.newBuilder().setName("ann").setRole("operator").build();
        var _ = done(admin, "AccessControl/ChangeAccess", "ann", change);
        var ann = AccessName.newBuilder().setName("ann").build();
        var _ = done(admin, "AccessControl/RevokeAccess", "ann", ann);
    }

    @Test
    void what_is_allowed_and_cannot_be_done_is_written_down_too() {
        var request = AgentName.newBuilder().setName("none\u001b[2J").build().toByteArray();
        var call = "sloth.Administration/DrainAgent";
        assertThat(world.refusal(world.administrator(), call, request)).isEqualTo("SLOTH-4720");
        var row = world.audited().getFirst();
        assertThat(row.allowed()).isTrue();
        assertThat(row.code()).isEqualTo("SLOTH-4720");
        assertThat(row.object()).isEqualTo("none?[2J");
        assertThat(row.who())
                .isEqualTo("spiffe://" + world.authority.trustDomain() + "/admin/admin");
    }

    @Test
    void who_is_refused_again_and_again_is_counted_and_fills_no_disk() {
        var nobody = world.nobody();
        for (int i = 0; i < 50; i++) {
            var _ = world.refusal(nobody, "sloth.Oversight/ListAudit", new byte[0]);
        }
        assertThat(world.audited()).extracting(AuditRow::times).containsExactly(1L);
        world.audit.settle();
        assertThat(world.audited()).hasSize(1);

        world.now.set(DoorWorld.NOW.plus(Duration.ofMinutes(1)));
        world.failing.add(APPEND);
        assertThat(catchThrowableOfType(RuntimeException.class, world.audit::settle)).isNotNull();
        world.failing.clear();
        world.audit.settle();
        assertThat(world.audited()).extracting(AuditRow::times).containsExactly(1L, 49L);
        world.audit.settleAll();
        assertThat(world.audited()).hasSize(2);
        var _ = world.refusal(nobody, "sloth.Oversight/ListAudit", new byte[0]);
        assertThat(world.audited()).extracting(AuditRow::times).containsExactly(1L, 49L, 1L);
    }

    @Test
    void a_refusal_that_cannot_be_written_down_stays_one_and_the_master_says_so() {
        world.failing.add(APPEND);
        var nobody = world.nobody();
        assertThat(world.refusal(nobody, "sloth.Oversight/ListAudit", new byte[0]))
                .isEqualTo(Guard.DENIED);
        assertThat(world.told).anyMatch(event -> event instanceof MasterEvent.Trouble);
        world.failing.clear();
        world.audit.settleAll();
        assertThat(world.audited()).extracting(AuditRow::times).containsExactly(1L);
    }

    private String refuse(ManagedChannel caller, String call, Message request) {
        var code = world.refusal(caller, "sloth." + call, request.toByteArray());
        assertThat(code).as(call).isEqualTo(Guard.DENIED);
        return world.audited().getLast().object();
    }

    @Test
    void what_is_refused_is_written_down_with_what_it_was_about() {
        var viewer = world.as(world.person("vera", Role.VIEWER));
        var web1 = AgentName.newBuilder().setName("web1").build();
        assertThat(refuse(viewer, "Administration/DrainAgent", web1)).isEqualTo("web1");
        var token = TokenName.newBuilder().setId("t1").build();
        assertThat(refuse(viewer, "Administration/RevokeToken", token)).isEqualTo("t1");
        var cancel = RunRequest.newBuilder().setRun("r1").build();
        assertThat(refuse(viewer, "Runs/Ask", cancel)).isEqualTo("r1");
        var command = CommandWanted.newBuilder().setRun("r2").setAgent("web2").build();
        assertThat(refuse(viewer, "Commands/Execute", command)).isEqualTo("web2");
        var selected = CommandWanted.newBuilder().setRun("r3").setSelector("region == 'x'").build();
        assertThat(refuse(viewer, "Commands/Execute", selected)).isEqualTo("region == 'x'");
        var secrets = SecretsRequest.newBuilder().setOrder("o1").build();
        assertThat(refuse(viewer, "Work/Secrets", secrets)).isEqualTo("o1");
        var terms = TermsRequest.newBuilder().setAsker(Asker.newBuilder().setOrder("o2")).build();
        assertThat(refuse(viewer, "Shared/Terms", terms)).isEqualTo("o2");
        assertThat(world.audited()).hasSize(7).noneMatch(AuditRow::allowed);
    }

    @Test
    void nobody_fills_the_audit_log_by_naming_ever_more_objects() {
        var viewer = world.as(world.person("vera", Role.VIEWER));
        for (int i = 0; i < 50; i++) {
            var name = AgentName.newBuilder().setName("web" + i).build();
            var _ = world.refusal(viewer, "sloth.Administration/DrainAgent", name.toByteArray());
        }
        assertThat(world.audited()).hasSize(9);
        world.audit.settleAll();
        var last = world.audited().getLast();
        assertThat(last.object()).isEmpty();
        assertThat(last.times()).isEqualTo(41);
        assertThat(last.what()).isEqualTo("Administration.DrainAgent");
    }

    @Test
    void many_kinds_of_refusals_at_once_are_one_kind_in_the_end() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 130; i++) {
            var who = "web" + i;
            names.add(who);
            var agent = world.as(world.agent("a" + i, who));
            var _ = world.refusal(agent, "sloth.Oversight/ListAudit", new byte[0]);
        }
        assertThat(names).hasSize(130);
        assertThat(world.audited()).hasSize(101);
        world.audit.settleAll();
        var last = world.audited().getLast();
        assertThat(last.who()).isEqualTo("others");
        assertThat(last.times()).isEqualTo(29);
    }
}
