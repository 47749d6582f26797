package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.agent.link.AgentFolder;
import dev.sloth.api.workflow.Problems;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.Administration;
import dev.sloth.wire.AuditSight;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.Joining;
import dev.sloth.wire.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever is not who they should be gets nothing but a sentence.
class StrangersTest extends AtOneMaster {
    @TempDir private Path elsewhere;
    private World other;

    @BeforeEach
    void begin() {
        other = new World(elsewhere);
    }

    @AfterEach
    void end() throws Exception {
        other.close();
    }

    private Administration as(Credentials who) {
        return Administration.open(world.address(), who, world.time);
    }

    private List<AuditSight> audited() {
        return world.administration().audit(Instant.EPOCH, "", "", 10).stream()
                .filter(row -> row.what().equals("TLS"))
                .toList();
    }

    private static Credentials with(Credentials who, X509Certificate authority) {
        return new Credentials(who.key(), List.of(who.own(), authority));
    }

    @Test
    void never_does_an_agent_join_a_master_whose_authority_is_not_the_pinned_one()
            throws Exception {
        var token = other.token();
        var pair = Keys.make(new SecureRandom());
        assertThat(
                        code(() ->
                                Joining.join(
                                        world.address(),
                                        token,
                                        pair,
                                        World.wish("web1"),
                                        world.time)))
                .isEqualTo("SLOTH-4702");
        assertThat(world.told).noneMatch(event -> event.toString().contains(token.id()));
        var refused = world.await(MasterEvent.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("SLOTH-4702");
        assertThat(refused.problem().message()).contains("does not take this master for theirs");
    }

    @Test
    void a_caller_does_not_talk_to_another_master_than_its_own() {
        var theirs =
                new CredentialsFile(other.folder("master/admin.pem")).credentials().orElseThrow();
        try (var administration = as(theirs)) {
            assertThat(code(() -> administration.agents(true))).isEqualTo("SLOTH-4702");
        }
    }

    @Test
    void the_certificate_of_another_master_is_worth_nothing_here() throws Exception {
        var ours =
                new CredentialsFile(world.folder("master/admin.pem")).credentials().orElseThrow();
        var theirs =
                new CredentialsFile(other.folder("master/admin.pem")).credentials().orElseThrow();
        // They believe our master, and show what theirs has made.
        try (var administration = as(with(theirs, ours.authority()))) {
            assertThat(code(() -> administration.agents(true))).isEqualTo("SLOTH-4710");
        }
        var refused = world.await(MasterEvent.Refused.class);
        assertThat(refused.call()).isEqualTo("TLS");
        assertThat(refused.address()).isEqualTo("127.0.0.1");
        assertThat(refused.problem().code()).isEqualTo("SLOTH-4710");
        assertThat(refused.problem().message()).contains("/admin/admin", "of another authority");
        assertThat(audited())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.who()).isEqualTo("nobody");
                    assertThat(row.object()).endsWith("/admin/admin");
                    assertThat(row.allowed()).isFalse();
                });
    }

    @Test
    void what_is_no_tls_is_told_and_is_nobody_for_the_audit_log() throws Exception {
        plain();
        var refused = world.await(MasterEvent.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("SLOTH-4736");
        assertThat(audited()).isEmpty();
    }

    @Test
    void an_agent_whose_clock_is_days_ahead_is_told_of_on_both_sides() throws Exception {
        var late = new World.Clock();
        late.move(Duration.ofDays(400));
        var token = world.token();
        var pair = Keys.make(new SecureRandom());
        var told =
                catchThrowableOfType(
                                Problems.class,
                                () ->
                                        Joining.join(
                                                world.address(),
                                                token,
                                                pair,
                                                World.wish("web1"),
                                                late))
                        .list()
                        .getFirst();
        assertThat(told.code()).isEqualTo("SLOTH-4702");
        assertThat(told.message())
                .startsWith("by the clock of this machine (2027-05-03T01:30:00Z)");
        assertThat(told.remedy()).startsWith("set the clock of this machine right");
        var refused = world.await(MasterEvent.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("SLOTH-4702");
        assertThat(refused.problem().remedy()).contains("clock there is ahead");
    }

    @Test
    void an_agent_may_do_nothing_that_is_for_people() {
        var agent = world.joined("web1");
        try (var administration = as(agent.kept.credentials().orElseThrow())) {
            assertThat(code(() -> administration.agents(true))).isEqualTo("SLOTH-4713");
            assertThat(code(administration::tokens)).isEqualTo("SLOTH-4713");
            assertThat(code(() -> administration.revokeAgent("web1"))).isEqualTo("SLOTH-4713");
        }
        assertThat(world.administration().agent("web1").state()).isEqualTo("away");
    }

    @Test
    void people_are_no_agents() throws Exception {
        var admin =
                new CredentialsFile(world.folder("master/admin.pem")).credentials().orElseThrow();
        try (var kept = AgentFolder.open(world.folder("posing"))) {
            kept.keep(admin);
        }
        var posing = world.agent("posing");
        posing.start();
        assertThat(posing.end()).isEqualTo("SLOTH-4713");
    }

    @Test
    void there_is_no_plain_text() throws Exception {
        plain();
    }

    private void plain() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), world.address().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotContain("HTTP").hasSizeLessThan(64);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void an_older_tls_is_refused() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Gullible()}, new SecureRandom());
        try (var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        InetAddress.getLoopbackAddress(), world.address().port())) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    /// Believes anybody.
    private static final class Gullible implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
