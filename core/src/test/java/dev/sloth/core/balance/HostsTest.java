package dev.sloth.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.select.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostsTest {
    private static final Want ANY = new Want.Any();

    private final Hosts hosts = new Hosts();

    private static Host host(String id, int slots) {
        return new Host(id, "name-" + id, List.of(), "", slots, true);
    }

    private static Host with(String id, List<String> tags, String region) {
        return new Host(id, "name-" + id, tags, region, 1, true);
    }

    private static Host drained(String id) {
        return new Host(id, "name-" + id, List.of(), "", 2, false);
    }

    private void here(Host... some) {
        for (var each : some) {
            hosts.known(each);
            hosts.connected(each.id(), true);
        }
    }

    private void took(String id, int orders) {
        for (int i = 0; i < orders; i++) {
            hosts.took(id);
        }
    }

    private String chosen(Want want) {
        return hosts.choose(want, false) instanceof Choice.Chosen(var host, _) ? host : "";
    }

    private static Want named(String id) {
        return new Want.Named("name-" + id);
    }

    @Test
    void the_agent_with_the_smallest_share_of_its_slots_in_use_is_chosen() {
        here(host("a", 2), host("b", 4));
        took("a", 1);
        took("b", 1);
        assertThat(chosen(ANY)).isEqualTo("b");
        took("b", 2);
        assertThat(chosen(ANY)).isEqualTo("a");
    }

    @Test
    void where_nobody_is_it_is_told_that_there_is_no_agent_at_all() {
        assertThat(hosts.choose(ANY, false))
                .isEqualTo(new Choice.Nobody("there is no agent at all [SLOTH-4762]"));
        here(host("a", 1));
        assertThat(hosts.choose(named("b"), false))
                .isEqualTo(new Choice.Nobody("there is no agent 'name-b' [SLOTH-4762]"));
        hosts.gone("a");
        assertThat(hosts.choose(named("b"), false))
                .isEqualTo(new Choice.Nobody("there is no agent at all [SLOTH-4762]"));
    }

    @Test
    void of_equals_the_one_of_the_smaller_name_is_chosen() {
        here(host("b", 1), host("a", 1));
        assertThat(chosen(ANY)).isEqualTo("a");
    }

    @Test
    void never_is_one_chosen_that_has_no_slot_left_and_it_is_when_one_is_free_again() {
        here(host("a", 2));
        took("a", 2);
        assertThat(hosts.choose(ANY, false))
                .isEqualTo(new Choice.Later("of 1 that fits, full: name-a 2/2"));
        hosts.gave("a");
        assertThat(chosen(ANY)).isEqualTo("a");
    }

    @Test
    void orders_that_an_agent_had_before_it_was_known_take_its_slots() {
        took("a", 1);
        here(host("a", 1));
        assertThat(chosen(ANY)).isEmpty();
        hosts.gave("a");
        assertThat(chosen(ANY)).isEqualTo("a");
    }

    @Test
    void an_agent_that_is_not_connected_is_waited_for() {
        hosts.known(host("a", 1));
        assertThat(hosts.choose(ANY, false))
                .isEqualTo(new Choice.Later("of 1 that fits, 1 is not connected"));
        assertThat(hosts.choose(named("a"), true))
                .isEqualTo(new Choice.Later("the agent 'name-a' is not connected"));
        hosts.connected("a", true);
        assertThat(chosen(ANY)).isEqualTo("a");
        assertThat(hosts.isConnected("a")).isTrue();
        hosts.connected("a", false);
        assertThat(chosen(ANY)).isEmpty();
        assertThat(hosts.isConnected("a")).isFalse();
    }

    @Test
    void a_drained_agent_takes_nothing_new() {
        here(drained("a"));
        assertThat(hosts.choose(named("a"), true))
                .isEqualTo(new Choice.Later("the agent 'name-a' takes nothing new"));
        assertThat(hosts.choose(ANY, true))
                .isEqualTo(new Choice.Later("of 1 that fits, 1 takes nothing new"));
        hosts.known(host("a", 2));
        assertThat(chosen(ANY)).isEqualTo("a");
    }

    @Test
    void what_needs_no_slot_goes_to_the_least_busy_also_when_all_are_full() {
        here(host("a", 2), host("b", 1));
        took("a", 3);
        took("b", 1);
        assertThat(hosts.choose(ANY, true))
                .isEqualTo(new Choice.Chosen("b", "it needs no slot: name-b 1/1"));
        assertThat(hosts.choose(named("a"), true))
                .isEqualTo(new Choice.Chosen("a", "it is the one that was asked for"));
        assertThat(hosts.choose(named("a"), false))
                .isEqualTo(new Choice.Later("all slots are in use: name-a 3/2"));
    }

    @Test
    void only_those_with_all_tags_and_of_the_region_fit() {
        here(with("a", List.of("web"), "north"), with("b", List.of("web", "gpu"), "south"));
        assertThat(chosen(new Want.Matching(Selector.of("'gpu' in tags and 'web' in tags"))))
                .isEqualTo("b");
        assertThat(chosen(new Want.Matching(Selector.of("'web' in tags and region == 'north'"))))
                .isEqualTo("a");
        assertThat(
                        hosts.choose(
                                new Want.Matching(
                                        Selector.of("'gpu' in tags and region == 'north'")),
                                false))
                .isEqualTo(
                        new Choice.Nobody(
                                "there is no agent that fits: an agent with `'gpu' in tags and"
                                        + " region == 'north'` [SLOTH-4762]"));
    }

    @Test
    void of_each_reason_it_is_told_how_many_agents_are_out_for_it_and_of_some_who() {
        here(host("a", 1), host("b", 1), drained("d"), with("g", List.of("gpu"), ""));
        hosts.known(host("c", 1));
        took("a", 1);
        var nobody = new Want.Matching(Selector.of("'gpu' not in tags"));
        for (int i = 0; i < 1_000; i++) {
            hosts.known(host("z" + i, 1));
        }
        assertThat(hosts.considered(nobody, false, 2))
                .extracting(each ->
                        "%d %s: %s"
                                .formatted(
                                        each.count(),
                                        each.why(),
                                        each.first().stream()
                                                .map(one -> one.name() + " " + one.load())
                                                .toList()))
                .containsExactly(
                        "1 could take it: [name-b 0/1]",
                        "1 has no slot free: [name-a 1/1]",
                        "1 takes nothing new: [name-d 0/2]",
                        "1001 are not connected: [name-c 0/1, name-z0 0/1]",
                        "1 does not match what is asked for, an agent with `'gpu' not in"
                                + " tags`: [name-g 0/1]");
    }

    @Test
    void those_that_are_excepted_do_not_fit() {
        here(host("a", 1), host("b", 1));
        assertThat(chosen(new Want.Except(ANY, Set.of("a")))).isEqualTo("b");
        assertThat(hosts.choose(new Want.Except(ANY, Set.of("a", "b")), false))
                .isInstanceOf(Choice.Nobody.class);
    }

    @Test
    void one_that_is_gone_is_not_there_and_its_name_is_free() {
        here(host("a", 1));
        hosts.gone("a");
        assertThat(hosts.choose(named("a"), false))
                .isEqualTo(new Choice.Nobody("there is no agent at all [SLOTH-4762]"));
        assertThat(hosts.choose(ANY, false)).isInstanceOf(Choice.Nobody.class);
        assertThat(hosts.name("a")).isEmpty();
        here(new Host("b", "name-a", List.of(), "", 1, true));
        assertThat(chosen(named("a"))).isEqualTo("b");
    }

    @Test
    void a_new_name_takes_the_place_of_the_old_one() {
        here(host("a", 1));
        hosts.known(new Host("a", "other", List.of(), "", 1, true));
        assertThat(hosts.choose(named("a"), false)).isInstanceOf(Choice.Nobody.class);
        assertThat(chosen(new Want.Named("other"))).isEqualTo("a");
        assertThat(hosts.name("a")).contains("other");
    }

    @Test
    void the_reasons_for_a_choice_name_a_few_of_those_that_fit() {
        here(host("a", 9), host("b", 9), host("c", 9), host("d", 9), host("e", 9), host("f", 9));
        assertThat(hosts.choose(ANY, false).why())
                .isEqualTo(
                        "the least busy that fits: name-a 0/9, name-b 0/9, name-c 0/9, name-d 0/9,"
                                + " name-e 0/9");
    }
}
