package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.wire.AccessSight;
import dev.sloth.wire.Administration;
import dev.sloth.wire.Administration.Labels;
import dev.sloth.wire.AuditSight;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.Keys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// People with roles, what they do with agents, and what is written down of it.
class AccessTest extends AtOneMaster {
    private static final Duration TTL = Duration.ofDays(30);

    private Credentials given(String name, String role) {
        return world.administration()
                .createAccess(name, role, TTL, Keys.make(new SecureRandom()))
                .credentials();
    }

    @Test
    void credentials_work_from_the_file_they_were_written_to_until_they_are_revoked() {
        var file = new CredentialsFile(folder.resolve("people").resolve("olga.pem"));
        file.write(given("olga", "operator"));
        var kept = file.credentials().orElseThrow();
        assertThat(kept.until()).isEqualTo(world.time.instant().plus(TTL));
        try (var olga = Administration.open(world.address(), kept, world.time)) {
            assertThat(olga.agents(false)).isEmpty();
            assertThat(code(() -> olga.createToken(List.of(), "", TTL, 1))).isEqualTo("SLOTH-4713");
            assertThat(code(olga::allAccess)).isEqualTo("SLOTH-4713");

            assertThat(world.administration().changeAccess("olga", "admin").role())
                    .isEqualTo("admin");
            assertThat(olga.allAccess())
                    .extracting(AccessSight::name, AccessSight::state, AccessSight::madeBy)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("olga", "holds", "admin"));

            var _ = world.administration().revokeAccess("olga");
            assertThat(code(() -> olga.agents(false))).isEqualTo("SLOTH-4732");
        }
    }

    @Test
    void a_name_is_of_one_person_at_a_time_and_the_next_one_is_another() {
        var first = given("ann", "viewer");
        assertThat(code(() -> given("ann", "viewer"))).isEqualTo("SLOTH-4731");
        var _ = world.administration().revokeAccess("ann");
        var second = given("ann", "operator");
        try (var old = Administration.open(world.address(), first, world.time);
                var young = Administration.open(world.address(), second, world.time)) {
            assertThat(code(() -> old.agents(false))).isEqualTo("SLOTH-4732");
            assertThat(young.agents(false)).isEmpty();
        }
        assertThat(world.administration().allAccess())
                .extracting(AccessSight::state)
                .containsExactly("revoked", "holds");
        assertThat(world.administration().access("ann").role()).isEqualTo("operator");
    }

    @Test
    void access_ends_by_itself_and_leaves_its_name_free() {
        var ann = given("ann", "viewer");
        try (var open = Administration.open(world.address(), ann, world.time)) {
            assertThat(open.agents(false)).isEmpty();
            world.time.move(TTL);
            assertThat(code(() -> open.agents(false))).isEqualTo("SLOTH-4726");
        }
        world.restart();
        assertThat(world.administration().access("ann").state()).isEqualTo("expired");
        var _ = given("ann", "viewer");
        assertThat(world.administration().allAccess())
                .extracting(AccessSight::state)
                .containsExactly("expired", "holds");
    }

    private boolean isWarnedOf(String name) {
        return world.administration().cluster().warnings().stream()
                .anyMatch(text -> text.contains("access of " + name));
    }

    @Test
    void access_is_warned_of_in_the_last_third_of_its_life_and_no_sooner_than_a_week_before()
            throws Exception {
        var pair = Keys.make(new SecureRandom());
        var _ = world.administration().createAccess("short", "viewer", Duration.ofHours(3), pair);
        var _ = given("long", "viewer");
        assertThat(isWarnedOf("short")).isFalse();
        world.time.move(Duration.ofHours(2).plusSeconds(1));
        assertThat(isWarnedOf("short")).isTrue();
        assertThat(isWarnedOf("long")).isFalse();
    }

    @Test
    void the_agents_whose_certificates_end_first_are_listed_and_the_others_counted() {
        for (int number = 1; number <= 7; number++) {
            var _ = world.joined("web" + number);
            world.time.move(Duration.ofSeconds(1));
        }
        var listed = world.administration().cluster().certificates();
        assertThat(listed)
                .extracting(each -> each.of())
                .containsExactly(
                        "authority",
                        "master",
                        "admin",
                        "agent web1",
                        "agent web2",
                        "agent web3",
                        "agent web4",
                        "agent web5",
                        "2 more agents");
        assertThat(listed.getLast().until())
                .isEqualTo(world.administration().agent("web6").certificateUntil());
    }

    @Test
    void what_cannot_be_is_refused() {
        var admin = world.administration();
        var pair = Keys.make(new SecureRandom());
        assertThat(code(() -> admin.createAccess("a/b", "viewer", TTL, pair)))
                .isEqualTo("SLOTH-4718");
        assertThat(code(() -> admin.createAccess("ann", "king", TTL, pair)))
                .isEqualTo("SLOTH-4718");
        assertThat(code(() -> admin.createAccess("ann", "viewer", Duration.ZERO, pair)))
                .isEqualTo("SLOTH-4718");
        assertThat(code(() -> admin.revokeAccess("ann"))).isEqualTo("SLOTH-4730");
        assertThat(code(() -> admin.access("ann"))).isEqualTo("SLOTH-4730");
        assertThat(admin.allAccess()).isEmpty();
    }

    @Test
    void an_operator_looks_after_agents_and_all_of_it_is_written_down() throws Exception {
        var agent = world.connected("web1");
        var olga = given("olga", "operator");
        try (var open = Administration.open(world.address(), olga, world.time)) {
            var labels = new Labels(true, List.of("db", "eu"), true, "ams");
            assertThat(open.labelAgent("web1", labels).tags()).containsExactly("db", "eu");
            assertThat(open.labelAgent("web1", new Labels(false, List.of(), true, "")).tags())
                    .containsExactly("db", "eu");
            assertThat(
                            code(() ->
                                    open.labelAgent(
                                            "web1", new Labels(true, List.of("a b"), false, ""))))
                    .isEqualTo("SLOTH-4718");
            assertThat(open.drainAgent("web1").work()).isEqualTo("draining");
            assertThat(open.resumeAgent("web1").work()).isEqualTo("ready");
            assertThat(code(() -> open.removeAgent("web1", false))).isEqualTo("SLOTH-4734");
            assertThat(open.removeAgent("web1", true).state()).isEqualTo("removed");
        }
        assertThat(agent.end()).isEqualTo("SLOTH-4711");
        var audit = world.administration().audit(Instant.EPOCH, "/user/olga", "", 100);
        assertThat(audit.reversed())
                .extracting(AuditSight::what, AuditSight::object, AuditSight::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.LabelAgent", "web1", ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.LabelAgent", "web1", ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.LabelAgent", "web1", "SLOTH-4718"),
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.DrainAgent", "web1", ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.ResumeAgent", "web1", ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.RemoveAgent", "web1", "SLOTH-4734"),
                        org.assertj.core.groups.Tuple.tuple(
                                "Administration.RemoveAgent", "web1", ""));
        assertThat(world.administration().audit(Instant.EPOCH, "", "olga", 100))
                .extracting(AuditSight::what)
                .containsExactly("AccessControl.CreateAccess");
    }

    @Test
    void a_draining_agent_is_so_after_both_sides_were_restarted() throws Exception {
        var agent = world.connected("web1");
        var _ = world.administration().drainAgent("web1");
        world.restart();
        var _ = agent.await(dev.sloth.agent.link.LinkEvent.Connected.class);
        assertThat(world.administration().agent("web1").work()).isEqualTo("draining");
    }

    @Test
    void a_long_audit_log_is_read_page_by_page() {
        var admin = world.administration();
        for (int i = 0; i < 600; i++) {
            var _ = admin.createToken(List.of(), "", TTL, 1);
        }
        var all = admin.audit(Instant.EPOCH, "", "", 10_000);
        assertThat(all).hasSize(600);
        assertThat(all.getLast().number()).isEqualTo(1);
        assertThat(admin.audit(Instant.EPOCH, "", "", 501)).hasSize(501);
    }

    @Test
    void a_cluster_shows_itself_at_a_glance_and_what_to_look_at() throws Exception {
        var _ = world.connected("web1");
        var _ = world.joined("web2");
        var _ = world.connected("web3");
        var _ = world.administration().drainAgent("web3");
        var sight = world.administration().cluster();
        assertThat(sight.agents())
                .containsExactlyInAnyOrderEntriesOf(
                        java.util.Map.of("connected", 1, "away", 1, "draining", 1));
        assertThat(sight.masters()).hasSize(1).allMatch(master -> master.alive());
        assertThat(sight.shards()).containsExactly(java.util.Map.entry("main", 256));
        assertThat(sight.certificates())
                .extracting(each -> each.of())
                .containsExactly(
                        "authority", "master", "admin", "agent web1", "agent web2", "agent web3");
        assertThat(sight.warnings()).isEmpty();

        world.time.move(Duration.ofHours(25));
        world.restart();
        var late = world.administration().cluster();
        assertThat(late.warnings()).anyMatch(text -> text.contains("web2 is over since"));
    }
}
