package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Lists of runs: filters, order and pages.
abstract class ListContract extends Opened {
    ListContract(Supplier<Store> opening) {
        super(opening);
    }

    private static RunId id(int number) {
        return new RunId("run-" + number);
    }

    private void submit(int number, String workflow, Map<String, String> labels) {
        store.runs()
                .submit(
                        Samples.run(id(number), workflow, labels, Samples.NOW.plusSeconds(number)),
                        Samples.first());
    }

    private List<RunId> ids(RunQuery query) {
        return store.runs().list(query).stream().map(RunRow::id).toList();
    }

    private static RunQuery query(
            Set<String> statuses, String workflow, Instant since, Map<String, String> labels) {
        return new RunQuery(statuses, workflow, "", since, labels, Optional.empty(), 10);
    }

    private static RunQuery labelled(Map<String, String> labels) {
        return query(Set.of(), "", Instant.MIN, labels);
    }

    @Test
    void the_newest_comes_first() {
        assertThat(ids(RunQuery.ALL)).isEmpty();
        submit(1, "a", Map.of());
        submit(3, "a", Map.of());
        submit(2, "a", Map.of());

        assertThat(ids(RunQuery.ALL)).containsExactly(id(2), id(3), id(1));
    }

    @Test
    void a_row_of_a_list_is_the_row_that_is_found() {
        submit(1, "a", Map.of("team", "blue"));

        assertThat(store.runs().list(RunQuery.ALL))
                .containsExactly(store.runs().find(id(1)).orElseThrow());
    }

    @Test
    void all_conditions_hold_together() {
        submit(1, "build", Map.of());
        submit(2, "deploy", Map.of("team", "blue"));
        submit(3, "deploy", Map.of("team", "red"));

        assertThat(ids(query(Set.of(), "deploy", Instant.MIN, Map.of())))
                .containsExactly(id(3), id(2));
        assertThat(ids(query(Set.of("running"), "deploy", Samples.NOW, Map.of("team", "blue"))))
                .containsExactly(id(2));
        assertThat(ids(query(Set.of("failed"), "deploy", Samples.NOW, Map.of()))).isEmpty();
    }

    @Test
    void since_includes_its_own_instant() {
        submit(1, "a", Map.of());
        submit(2, "a", Map.of());

        assertThat(ids(query(Set.of(), "", Samples.NOW.plusSeconds(2), Map.of())))
                .containsExactly(id(2));
        assertThat(ids(query(Set.of(), "", Samples.NOW.plusSeconds(2).plusNanos(1), Map.of())))
                .isEmpty();
    }

    @Test
    void any_of_the_statuses_is_enough() {
        submit(1, "a", Map.of());
        submit(2, "a", Map.of());
        var claim = new Claim(id(2), 1);
        end(claim, 3);

        assertThat(ids(query(Set.of("failed"), "", Instant.MIN, Map.of()))).containsExactly(id(2));
        assertThat(ids(query(Set.of("failed", "running"), "", Instant.MIN, Map.of()))).hasSize(2);
        assertThat(ids(query(Set.of("fail_d"), "", Instant.MIN, Map.of()))).isEmpty();
    }

    @Test
    void every_label_must_be_there_with_its_value() {
        submit(1, "a", Map.of("team", "blue", "env", "prod"));
        submit(2, "a", Map.of("team", "blue"));
        submit(3, "a", Map.of());

        assertThat(ids(labelled(Map.of("team", "blue")))).containsExactly(id(2), id(1));
        assertThat(ids(labelled(Map.of("team", "blue", "env", "prod")))).containsExactly(id(1));
        assertThat(ids(labelled(Map.of("team", "b%")))).isEmpty();
        assertThat(ids(labelled(Map.of("env", "")))).isEmpty();
    }

    @Test
    void a_label_may_hold_any_character() {
        var odd = "q\"u\\o'te\t\u0001,{}[]ü";
        submit(1, "a", Map.of(odd, odd));

        assertThat(ids(labelled(Map.of(odd, odd)))).containsExactly(id(1));
    }

    @Test
    void the_script_is_found_by_its_path() {
        submit(1, "a", Map.of());
        submit(2, "b", Map.of());
        var query =
                new RunQuery(
                        Set.of(),
                        "",
                        "/scripts/b.sloth",
                        Instant.MIN,
                        Map.of(),
                        Optional.empty(),
                        10);

        assertThat(ids(query)).containsExactly(id(2));
    }

    @Test
    void pages_follow_one_another_without_gaps_or_repeats() {
        for (int i = 1; i <= 7; i++) {
            submit(i, "a", Map.of());
        }
        var seen = new ArrayList<RunId>();
        var query = new RunQuery(Set.of(), "", "", Instant.MIN, Map.of(), Optional.empty(), 3);
        for (var page = ids(query); !page.isEmpty(); page = ids(query)) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            seen.addAll(page);
            query = query.after(page.getLast());
            submit(100 + seen.size(), "newer", Map.of());
        }

        assertThat(seen).containsExactly(id(7), id(6), id(5), id(4), id(3), id(2), id(1));
    }

    @Test
    void a_page_cannot_begin_after_a_run_that_is_gone() {
        submit(1, "a", Map.of());

        refused(Reason.CONFLICT, () -> store.runs().list(RunQuery.ALL.after(id(9))));
    }
}
