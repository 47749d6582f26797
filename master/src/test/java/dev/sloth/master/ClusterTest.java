package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.link.LinkEvent;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.JoinToken;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A master and its agents, from the first token to the last word.
class ClusterTest extends AtOneMaster {
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

    /// The same code on the master's side.
    private String refusedThere() throws InterruptedException {
        return world.await(MasterEvent.Refused.class).problem().code();
    }

    @Test
    void an_agent_that_joined_is_seen_with_what_it_says_of_itself() throws Exception {
        var _ = world.connected("web1");

        var seen = world.administration().agent("web1");
        assertThat(seen.state()).isEqualTo("connected");
        assertThat(seen.tags()).containsExactly("web");
        assertThat(seen.region()).isEqualTo("fra");
        assertThat(seen.slots()).isEqualTo(2);
        assertThat(seen.host()).isEqualTo("host-of-web1");
        assertThat(seen.sessionEpoch()).isEqualTo(1);
        assertThat(world.administration().agents(false))
                .extracting(AgentSight::id)
                .containsExactly(seen.id());
    }

    private JoinToken tokenFor(List<String> tags, String region) {
        var made = world.administration().createToken(tags, region, Duration.ofHours(1), 1);
        return JoinToken.of(made.text());
    }

    @Test
    void what_an_agent_asked_for_and_its_token_overrules_is_told_on_both_sides() throws Exception {
        var agent = world.agent("web1");
        agent.link.join(tokenFor(List.of("db"), "fra"), World.wish("web1"));
        var said = agent.await(LinkEvent.Asked.class).overruled();
        assertThat(said.toString())
                .contains(
                        "web1 has tags db, ",
                        "not what it asked for, tags web: ",
                        "agent label web1 --tags web`")
                .doesNotContain("region");
        assertThat(world.await(MasterEvent.Asked.class).overruled()).isEqualTo(said);
    }

    @Test
    void nothing_is_told_of_an_agent_that_asks_for_what_its_token_says() throws Exception {
        var agent = world.agent("web1");
        agent.link.join(tokenFor(List.of("web"), ""), World.wish("web1"));
        assertThat(agent.told).hasSize(1).first().isInstanceOf(LinkEvent.Joined.class);
        assertThat(world.told).noneMatch(MasterEvent.Asked.class::isInstance);
    }

    @Test
    void keys_are_for_their_user_only() throws Exception {
        var agent = world.joined("web1");
        for (var file :
                List.of(
                        world.folder("master/ca/authority.pem"),
                        world.folder("master/admin.pem"),
                        agent.data.resolve("agent.pem"),
                        agent.data.resolve("agent.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void an_agent_comes_back_to_a_master_that_was_restarted_without_a_token() throws Exception {
        var agent = world.connected("web1");
        world.restart();
        var again = agent.await(LinkEvent.Connected.class);
        assertThat(again.epoch()).isEqualTo(2);
        assertThat(world.administration().agent("web1").state()).isEqualTo("connected");
    }

    @Test
    void an_agent_that_was_restarted_needs_no_token() throws Exception {
        var first = world.connected("web1");
        first.close();
        assertThat(first.end()).isEqualTo("ended");
        assertThat(world.await(MasterEvent.Left.class).why()).isEqualTo("on its own");
        assertThat(world.administration().agent("web1").state()).isEqualTo("away");

        var second = world.agent("web1");
        second.start();
        assertThat(second.await(LinkEvent.Connected.class).epoch()).isEqualTo(2);
    }

    @Test
    void a_revoked_agent_loses_its_session_at_once_and_never_gets_another() throws Exception {
        var agent = world.connected("web1");
        long start = System.nanoTime();
        var _ = world.administration().revokeAgent("web1");
        assertThat(agent.end()).isEqualTo("SLOTH-4711");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(REVOKED_WITHIN);
        agent.close();

        var again = world.agent("web1");
        again.start();
        assertThat(again.end()).isEqualTo("SLOTH-4711");
        assertThat(refusedThere()).isEqualTo("SLOTH-4711");
        assertThat(code(() -> again.link.join(world.token(), World.wish("web1"))))
                .isEqualTo("SLOTH-4711");
        assertThat(world.administration().agents(true))
                .extracting(AgentSight::state)
                .containsExactly("revoked");
    }

    @Test
    void who_takes_the_name_of_a_revoked_agent_inherits_nothing() throws Exception {
        var _ = world.connected("web1");
        var old = world.administration().revokeAgent("web1");
        var next = world.agent("other");
        next.link.join(world.token(), World.wish("web1"));
        var seen = world.administration().agent("web1");
        assertThat(seen.id()).isNotEqualTo(old.id());
        assertThat(seen.sessionEpoch()).isZero();
    }

    @Test
    void a_certificate_is_renewed_while_the_agent_runs() throws Exception {
        var agent = world.connected("web1");
        var before = agent.kept.credentials().orElseThrow();
        world.time.move(Duration.ofHours(20));

        var renewed = agent.await(LinkEvent.Renewed.class);
        assertThat(renewed.until()).isAfter(before.until());
        assertThat(agent.await(LinkEvent.Connected.class).epoch()).isEqualTo(2);
        var after = agent.kept.credentials().orElseThrow();
        assertThat(after.own().getPublicKey()).isNotEqualTo(before.own().getPublicKey());
        assertThat(after.identity()).isEqualTo(before.identity());

        // And again: by then the first certificate, and the master's first, are long over.
        world.time.move(Duration.ofHours(20));
        var _ = agent.await(LinkEvent.Renewed.class);
        assertThat(agent.await(LinkEvent.Connected.class).epoch()).isEqualTo(3);
    }

    @Test
    void an_agent_whose_certificate_is_over_joins_again_and_stays_the_same() throws Exception {
        var first = world.joined("web1");
        var id = world.administration().agent("web1").id();
        world.time.move(Duration.ofHours(25));
        first.start();
        assertThat(first.end()).isEqualTo("SLOTH-4726");
        first.close();

        world.restart();
        var second = world.agent("web1");
        second.link.join(world.token(), World.wish("ignored"));
        second.start();
        var _ = second.await(LinkEvent.Connected.class);
        assertThat(world.administration().agent("web1").id()).isEqualTo(id);
    }

    @Test
    void an_answer_that_was_lost_costs_no_token() throws Exception {
        var agent = world.agent("web1");
        var token = world.token();
        agent.link.join(token, World.wish("web1"));
        agent.link.join(token, World.wish("web1"));
        assertThat(world.administration().tokens().getFirst().used()).isEqualTo(1);
        assertThat(world.administration().agents(false)).hasSize(1);
    }

    @Test
    void a_token_is_good_for_as_many_as_it_says() throws Exception {
        var token = world.token();
        world.agent("one").link.join(token, World.wish("one"));
        var other = world.agent("two");
        assertThat(code(() -> other.link.join(token, World.wish("two")))).isEqualTo("SLOTH-4706");
        assertThat(refusedThere()).isEqualTo("SLOTH-4706");
    }

    @Test
    void never_does_a_wrong_secret_join_or_cost_a_use() throws Exception {
        var token = world.token();
        var secret = token.reveal().split("\\.", -1)[1];
        var wrong = (secret.startsWith("A") ? "B" : "A") + secret.substring(1);
        var guessed = JoinToken.of(token.reveal().replace(secret, wrong));
        var agent = world.agent("web1");
        assertThat(code(() -> agent.link.join(guessed, World.wish("web1"))))
                .isEqualTo("SLOTH-4704");
        assertThat(refusedThere()).isEqualTo("SLOTH-4704");
        assertThat(world.administration().tokens().getFirst().state()).isEqualTo("open");
        agent.link.join(token, World.wish("web1"));
    }

    @Test
    void a_token_ends_with_its_time_and_when_it_is_revoked() throws Exception {
        var late = world.token();
        world.time.move(Duration.ofMinutes(61));
        var agent = world.agent("web1");
        assertThat(code(() -> agent.link.join(late, World.wish("web1")))).isEqualTo("SLOTH-4705");
        assertThat(refusedThere()).isEqualTo("SLOTH-4705");

        var revoked = world.token();
        var _ = world.administration().revokeToken(revoked.id());
        assertThat(code(() -> agent.link.join(revoked, World.wish("web1"))))
                .isEqualTo("SLOTH-4707");
        assertThat(refusedThere()).isEqualTo("SLOTH-4707");
    }

    @Test
    void a_name_belongs_to_one_agent_and_a_refused_one_costs_no_use() throws Exception {
        var _ = world.joined("web1");
        var token = world.token();
        var other = world.agent("other");
        assertThat(code(() -> other.link.join(token, World.wish("web1")))).isEqualTo("SLOTH-4708");
        assertThat(refusedThere()).isEqualTo("SLOTH-4708");
        assertThat(code(() -> other.link.join(token, World.wish("../web"))))
                .isEqualTo("SLOTH-4718");
        other.link.join(token, World.wish("web2"));
    }

    @Test
    void what_a_token_says_of_tags_and_region_counts() {
        var token =
                world.administration().createToken(List.of("db"), "ams", Duration.ofHours(1), 1);
        world.agent("web1").link.join(JoinToken.of(token.text()), World.wish("web1"));
        var seen = world.administration().agent("web1");
        assertThat(seen.tags()).containsExactly("db");
        assertThat(seen.region()).isEqualTo("ams");
    }

    @Test
    void two_processes_cannot_be_one_agent() throws Exception {
        var first = world.connected("web1");
        var copy = Files.createDirectory(world.folder("copy"));
        Files.copy(first.data.resolve("agent.pem"), copy.resolve("agent.pem"));
        var second = world.agent("copy");
        second.start();
        var _ = second.await(LinkEvent.Connected.class);
        assertThat(first.end()).isEqualTo("SLOTH-4722");
        var told = world.await(MasterEvent.Refused.class).problem();
        assertThat(told.code()).isEqualTo("SLOTH-4722");
        assertThat(told.message()).contains("(host-of-web1) was here", "(host-of-copy) took");
    }

    @Test
    void a_folder_belongs_to_one_master_and_to_one_agent_at_a_time() {
        assertThat(code(() -> new World(folder).close())).isEqualTo("SLOTH-4723");
        var agent = world.joined("web1");
        assertThat(code(() -> world.agent("web1"))).isEqualTo("SLOTH-4724");
        agent.close();
        world.agent("web1").close();
    }

    @Test
    void a_machine_that_has_not_joined_is_told_how() throws Exception {
        var agent = world.agent("web1");
        agent.start();
        assertThat(agent.end()).isEqualTo("SLOTH-4725");
    }
}
