package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.authority.Lives;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.Keys;
import dev.sloth.wire.Parts;
import dev.sloth.wire.SigningRequest;
import dev.sloth.wire.proto.ArtifactPiece;
import dev.sloth.wire.proto.ArtifactsRequest;
import dev.sloth.wire.proto.ContentRequest;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.Line;
import dev.sloth.wire.proto.LogLines;
import dev.sloth.wire.proto.LogStored;
import dev.sloth.wire.proto.OrderEnded;
import dev.sloth.wire.proto.RenewRequest;
import dev.sloth.wire.proto.SecretsAnswer;
import dev.sloth.wire.proto.SecretsRequest;
import dev.sloth.wire.proto.WorkGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent with a good certificate that means ill: whatever it tries is refused and written down,
/// gives it nothing, and keeps nobody from their work.
class HostileAgentTest {
    private static final String THEIRS = "SLOTH-4741";
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private DoorWorld world;
    private Credentials badKeys;
    private ManagedChannel bad;
    private RawAgent good;
    private RawAgent worse;

    /// The order of the agent that means well, and the other one's.
    private String theirs = "";

    private String own = "";

    @BeforeEach
    void twoAgentsWithAnOrderEach() throws Exception {
        world = new DoorWorld(folder);
        badKeys = world.agent("id-bad", "bad");
        bad = world.as(badKeys);
        var goodChannel = world.as(world.agent("id-good", "good"));
        world.begin();
        good = new RawAgent(goodChannel).begins();
        worse = new RawAgent(bad).begins();
        world.submit(RUN, 2);
        theirs = good.order();
        good.accepts(theirs);
        own = worse.order();
        worse.accepts(own);
        await(() -> state(theirs) == OrderRow.State.ACCEPTED);
        await(() -> state(own) == OrderRow.State.ACCEPTED);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private OrderRow.State state(String order) {
        return world.work.fleet().row(order).orElseThrow().state();
    }

    private static void await(Callable<Boolean> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.call()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            Thread.onSpinWait();
        }
    }

    private String refusal(String call, Message request) {
        return world.refusal(bad, "sloth." + call, request.toByteArray());
    }

    private List<AuditRow> refused(String call) {
        return world.audited().stream()
                .filter(row -> row.what().equals(call) && !row.allowed())
                .toList();
    }

    private void assertAudited(String call, String code) {
        assertThat(refused(call))
                .as(call)
                .anyMatch(row ->
                        row.who().endsWith("/agent/id-bad")
                                && row.code().equals(code)
                                && (!code.equals(THEIRS) || !row.object().isEmpty()));
    }

    /// The agent that means well comes to its end as if nobody else were there.
    private void assertTheRestGoesOn() throws Exception {
        assertThat(good.isOver()).isFalse();
        assertThat(lines()).isEmpty();
        good.ends(
                theirs,
                OutcomeFormat.bytes(Outcome.ended(Outcome.Status.SUCCEEDED, "done as it should")));
        await(() -> messages().contains("done as it should"));
        assertThat(world.told).noneMatch(event -> event instanceof MasterEvent.Trouble);
    }

    private List<String> messages() {
        return RunReport.of(new RunHistory(world.store.runs(), RUN).state()).tasks().stream()
                .filter(task -> task.status() == TaskStatus.SUCCEEDED)
                .map(task -> task.message())
                .toList();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        boolean _ =
                new LogReader(world.store.logs(), RUN, LogQuery.ALL)
                        .read(line -> lines.add(line.line().text()));
        return lines;
    }

    // ---- what is not theirs

    @Test
    void it_gets_and_brings_nothing_for_an_order_that_another_has_or_nobody() throws Exception {
        var secret = SecretsAnswer.parseFrom(ask("Work/Secrets", secrets(own)));
        assertThat(secret.getValuesMap().get("password")).isEqualTo(bytes("opensesame"));

        for (var order : List.of(theirs, "", "nosuch", RUN.text(), "../../etc/passwd", own + "x")) {
            assertThat(refusal("Work/Secrets", secrets(order))).isEqualTo(THEIRS);
            assertThat(
                            refusal(
                                    "Work/Artifacts",
                                    ArtifactsRequest.newBuilder().setOrder(order).build()))
                    .isEqualTo(THEIRS);
            assertThat(
                            refusal(
                                    "Work/Content",
                                    ContentRequest.newBuilder()
                                            .setOrder(order)
                                            .setSha256(sha256("a script"))
                                            .build()))
                    .isEqualTo(THEIRS);
            assertThat(refusal("Work/Keep", piece(order, "a.txt"))).isEqualTo(THEIRS);
        }
        for (var call : List.of("Secrets", "Artifacts", "Content", "Keep")) {
            assertAudited("Work." + call, THEIRS);
        }
        assertTheRestGoesOn();
    }

    private byte[] ask(String call, Message request) {
        return world.ask(bad, "sloth." + call, request.toByteArray());
    }

    private static SecretsRequest secrets(String order) {
        return SecretsRequest.newBuilder().setOrder(order).build();
    }

    private static String sha256(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static ArtifactPiece piece(String order, String path) {
        return ArtifactPiece.newBuilder()
                .setOrder(order)
                .setPath(path)
                .setBytes(bytes("x"))
                .build();
    }

    private static LogLines lines(String order, String channel) {
        return LogLines.newBuilder()
                .setOrder(order)
                .addLines(Line.newBuilder().setChannel(channel).setText("forged"))
                .build();
    }

    @Test
    void it_writes_no_line_of_another_and_none_that_seems_to_be_anothers() throws Exception {
        assertThat(refusal("Work/Logs", lines(theirs, "out"))).isEqualTo(THEIRS);
        assertAudited("Work.Logs", THEIRS);
        for (var channel : List.of("out@good", "", "out\n", "x".repeat(33), "out@")) {
            assertThat(refusal("Work/Logs", lines(own, channel))).isEqualTo("SLOTH-4780");
        }
        assertAudited("Work.Logs", "SLOTH-4780");
        // What nobody wants any more is answered, so that an agent forgets it, and goes nowhere.
        var nowhere = LogStored.parseFrom(ask("Work/Logs", lines("nosuch", "out")));
        assertThat(nowhere.getLines()).isEqualTo(1);
        assertTheRestGoesOn();
    }

    @Test
    void it_reads_nothing_that_its_run_does_not_have() throws Exception {
        var other = Content.of("of another run".getBytes(StandardCharsets.UTF_8));
        for (var name : List.of(other.sha256(), "", "..", "0".repeat(64))) {
            var request = ContentRequest.newBuilder().setOrder(own).setSha256(name).build();
            assertThat(refusal("Work/Content", request)).as(name).isEqualTo("SLOTH-4742");
        }
        assertAudited("Work.Content", "SLOTH-4742");
        assertTheRestGoesOn();
    }

    @Test
    void it_ends_no_order_of_another() throws Exception {
        worse.ends(theirs, result("forged"));
        assertThat(worse.end()).isEqualTo(THEIRS);
        assertAudited("Agents.Session", THEIRS);
        var again = new RawAgent(bad).begins(own, theirs);
        assertThat(again.await(message -> message.hasForget()).getForget().getId())
                .isEqualTo(theirs);
        again.accepts(theirs);
        assertThat(again.end()).isEqualTo(THEIRS);
        assertTheRestGoesOn();
    }

    private static byte[] result(String message) {
        return OutcomeFormat.bytes(Outcome.ended(Outcome.Status.SUCCEEDED, message));
    }

    @Test
    void it_ends_no_order_that_does_not_exist_and_none_twice() throws Exception {
        worse.ends("nosuch", result("forged"));
        assertThat(worse.await(message -> message.hasForget()).getForget().getId())
                .isEqualTo("nosuch");
        worse.ends(own, result("the first"));
        assertThat(worse.await(message -> message.hasTaken()).getTaken().getId()).isEqualTo(own);
        await(() -> messages().contains("the first"));
        worse.ends(own, result("the second"));
        worse.accepts(own);
        worse.beats();
        assertTheRestGoesOn();
        assertThat(messages()).containsExactlyInAnyOrder("the first", "done as it should");
    }

    @Test
    void what_it_says_of_its_end_and_cannot_be_read_is_an_end_that_nobody_knows() throws Exception {
        worse.ends(own, new byte[] {1, 2, 3});
        await(() ->
                RunReport.of(new RunHistory(world.store.runs(), RUN).state()).tasks().stream()
                        .anyMatch(task -> task.status() == TaskStatus.UNDECIDED));
        assertTheRestGoesOn();
    }

    // ---- tricks with names

    @Test
    void no_name_of_an_artifact_leads_anywhere() throws Exception {
        for (var path :
                List.of(
                        "",
                        "..",
                        "../x",
                        "/etc/passwd",
                        "a/../../x",
                        "a/../x",
                        "./a",
                        "a\0b",
                        "/",
                        ".")) {
            assertThat(refusal("Work/Keep", piece(own, path))).as(path).isEqualTo("SLOTH-4743");
        }
        assertAudited("Work.Keep", "SLOTH-4743");
        assertThat(world.store.artifacts().of(RUN)).isEmpty();
        assertThat(left()).isEmpty();
        assertTheRestGoesOn();
    }

    /// What is left of files that were on their way.
    private List<Path> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("arriving"))
                    .toList();
        }
    }

    // ---- too much

    @Test
    void a_message_that_is_too_long_is_refused_and_nobody_else_notices() throws Exception {
        var huge = ByteString.copyFrom(new byte[2 << 20]);
        worse.say(
                FromAgent.newBuilder().setEnded(OrderEnded.newBuilder().setId(own).setPart(huge)));
        assertThat(worse.end()).isIn("RESOURCE_EXHAUSTED", "CANCELLED");
        await(() -> !refused("Agents.Session").isEmpty());
        assertAudited("Agents.Session", "SLOTH-4761");

        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ask("Work/Keep", piece(own, "a").toBuilder().setBytes(huge).build()));
        assertThat(failure.getStatus().getCode())
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        await(() -> !refused("Work.Keep").isEmpty());
        assertAudited("Work.Keep", "SLOTH-4761");
        assertTheRestGoesOn();
    }

    @Test
    void headers_that_are_too_long_are_refused_and_nobody_else_notices() throws Exception {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("x", Metadata.ASCII_STRING_MARSHALLER), "y".repeat(64 << 10));
        var failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                WorkGrpc.newBlockingStub(bad)
                                        .withInterceptors(
                                                MetadataUtils.newAttachHeadersInterceptor(headers))
                                        .secrets(secrets(own)));
        assertThat(failure).isNotNull();
        assertTheRestGoesOn();
    }

    @Test
    void however_many_ends_it_begins_it_fills_no_memory() throws Exception {
        var part = ByteString.copyFrom(new byte[Parts.PART_MAX]);
        int most = Parts.WHOLE_MAX / Parts.PART_MAX;
        for (int i = 0; i <= most && !worse.isOver(); i++) {
            worse.say(
                    FromAgent.newBuilder()
                            .setEnded(
                                    OrderEnded.newBuilder()
                                            .setId("o" + i % 50)
                                            .setPart(part)
                                            .setMore(true)));
        }
        assertThat(worse.end()).isEqualTo("SLOTH-4740");
        assertAudited("Agents.Session", "SLOTH-4740");
        assertTheRestGoesOn();
    }

    // ---- sessions

    @Test
    void an_agent_for_which_the_master_is_too_old_is_written_down_and_told_so() throws Exception {
        worse.hellosFrom(7);
        assertThat(worse.end()).isEqualTo("SLOTH-4709");
        assertAudited("Agents.Session", "SLOTH-4709");
        assertTheRestGoesOn();
    }

    @Test
    void a_hello_is_said_once_and_only_in_its_own_session_is_anything_heard() throws Exception {
        worse.hello();
        assertThat(worse.end()).isEqualTo("SLOTH-4709");
        var older = new RawAgent(bad).begins(own);
        var newer = new RawAgent(bad).begins(own);
        older.tellsItsLines();
        assertThat(older.end()).isEqualTo("SLOTH-4722");
        newer.in(older.epoch());
        newer.beats();
        assertThat(newer.end()).isEqualTo("SLOTH-4709");
        assertAudited("Agents.Session", "SLOTH-4709");
        var first = new RawAgent(bad);
        first.beats();
        assertThat(first.end()).isEqualTo("SLOTH-4709");
        assertTheRestGoesOn();
    }

    @Test
    void a_hello_that_comes_late_takes_nothing_from_the_session_that_there_is() throws Exception {
        var late = new RawAgent(world.as(badKeys));
        late.greets();
        worse.beats();
        await(() -> state(own) == OrderRow.State.ACCEPTED);
        assertThat(worse.isOver()).isFalse();
        worse.ends(own, result("as if nothing were"));
        await(() -> messages().contains("as if nothing were"));
        assertTheRestGoesOn();
    }

    // ---- certificates

    @Test
    void a_good_certificate_is_good_for_its_own_agent_only() throws Exception {
        var request =
                RenewRequest.newBuilder()
                        .setSigningRequest(
                                ByteString.copyFrom(SigningRequest.make(Keys.make(world.random))))
                        .build();
        var _ = ask("Agents/Renew", request);
        assertThat(world.audited().getLast().object()).isEqualTo("bad");
        assertThat(refusal("Administration/ListAgents", secrets(""))).isEqualTo(Guard.DENIED);
        assertAudited("Administration.ListAgents", Guard.DENIED);
        assertTheRestGoesOn();
    }

    @Test
    void what_another_authority_says_of_the_same_agent_is_worth_nothing() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var other =
                Authority.open(
                        elsewhere.resolve("ca.pem"), Lives.DEFAULT, world.random, world.now::get);
        var pair = Keys.make(world.random);
        var forged =
                new Credentials(
                        pair.getPrivate(), other.agent(pair.getPublic(), "default", "id-good"));
        var posing = new RawAgent(world.as(forged));
        posing.hello(theirs);
        assertThat(posing.end()).isEqualTo(Guard.DENIED);
        assertThat(refused("Agents.Session"))
                .anyMatch(row -> row.who().equals("nobody") && row.code().equals(Guard.DENIED));
        assertTheRestGoesOn();
    }

    @Test
    void an_agent_that_is_revoked_is_out_at_once_and_stays_out() throws Exception {
        var _ = world.roster.revoke("default", "bad", DoorWorld.SETTING_UP);
        assertThat(worse.end()).isEqualTo("SLOTH-4711");
        assertThat(refusal("Work/Secrets", secrets(own))).isEqualTo("SLOTH-4711");
        var again = new RawAgent(bad);
        again.hello(own);
        assertThat(again.end()).isEqualTo("SLOTH-4711");
        assertAudited("Work.Secrets", "SLOTH-4711");
        assertAudited("Agents.Session", "SLOTH-4711");
        assertTheRestGoesOn();
    }

    @Test
    void an_agent_that_nobody_knows_is_refused_though_its_certificate_is_ours() throws Exception {
        var pair = Keys.make(world.random);
        var made =
                new Credentials(
                        pair.getPrivate(),
                        world.authority.agent(pair.getPublic(), "default", "id-none"));
        var posing = new RawAgent(world.as(made));
        posing.hello(theirs);
        assertThat(posing.end()).isEqualTo("SLOTH-4712");
        assertThat(world.store.cluster().read(ClusterTables::agents)).hasSize(2);
        assertTheRestGoesOn();
    }
}
