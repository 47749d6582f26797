package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure.Reason;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// How runs come into being, and the texts that they are made of.
abstract class SubmitContract extends Opened {
    SubmitContract(Supplier<Store> opening) {
        super(opening);
    }

    @Test
    void a_run_is_kept_as_it_was_submitted() {
        var claim = submit(Samples.RUN);

        assertThat(claim).isEqualTo(new Claim(Samples.RUN, 1));
        var submitted = Samples.run(Samples.RUN);
        assertThat(store.runs().find(Samples.RUN))
                .contains(
                        new RunRow(
                                Samples.RUN,
                                "deploy",
                                "/scripts/deploy.sloth",
                                Samples.NOW,
                                Map.of("team", "blue"),
                                submitted.files(),
                                Samples.running(),
                                2,
                                Samples.FIRST.text(),
                                Samples.NOW.plus(Samples.TTL),
                                1));
        var pages = store.runs().journal(Samples.RUN, 1, 10);
        assertThat(pages).hasSize(1);
        assertThat(pages.getFirst().first()).isEqualTo(1);
        assertThat(pages.getFirst().events()).isEqualTo(2);
        assertThat(pages.getFirst().body()).isEqualTo(Samples.bytes("first"));
    }

    @Test
    void an_unknown_run_is_not_found() {
        assertThat(store.runs().find(Samples.RUN)).isEmpty();
        assertThat(store.runs().snapshot(Samples.RUN)).isEmpty();
        assertThat(store.runs().journal(Samples.RUN, 1, 10)).isEmpty();
    }

    @Test
    void who_asked_for_a_run_is_kept_and_never_changes() {
        var ann = new NewRun.Cause.Asked("ann with her key");
        var _ = store.runs().submit(Samples.run(Samples.RUN).causedBy(ann), Samples.first());
        submit(Samples.OTHER);
        refused(Reason.TAKEN, () -> submit(Samples.RUN));

        assertThat(store.runs().askedBy(Samples.RUN)).isEqualTo("ann with her key");
        assertThat(another().runs().askedBy(Samples.RUN)).isEqualTo("ann with her key");
        assertThat(store.runs().askedBy(Samples.OTHER)).isEmpty();
    }

    @Test
    void of_a_run_that_is_not_there_nobody_knows_who_asked_for_it() {
        assertThat(store.runs().askedBy(Samples.RUN)).isEmpty();
    }

    @Test
    void an_id_is_taken_once() {
        submit(Samples.RUN);

        refused(Reason.TAKEN, () -> submit(Samples.RUN));
    }

    @Test
    void a_first_chapter_begins_with_the_first_event() {
        refused(
                Reason.CONFLICT,
                () -> store.runs().submit(Samples.run(Samples.RUN), Samples.chapter(2, 1, "x")));
    }

    @Test
    void a_first_chapter_may_set_timers_and_end_the_run() {
        var timer = new Chapter.Timer("t", Samples.NOW);
        store.runs()
                .submit(
                        Samples.run(Samples.RUN),
                        Samples.with(1, List.of(), List.of(timer), List.of()));
        assertThat(store.timers().of(Samples.RUN)).containsExactly(timer);

        store.runs().submit(Samples.run(Samples.OTHER), Samples.last(1));
        assertThat(store.runs().find(Samples.OTHER).orElseThrow().progress().ended()).isTrue();
    }

    @Test
    void contents_are_given_back_by_their_name_and_kept_once() {
        submit(Samples.RUN);
        submit(Samples.OTHER);

        assertThat(store.runs().content(Samples.SCRIPT.sha256())).contains(Samples.SCRIPT);
        assertThat(store.runs().content(Samples.VALUES.sha256()).orElseThrow().bytes())
                .isEqualTo(Samples.bytes("region: north"));
        assertThat(store.runs().content("0".repeat(64))).isEmpty();
    }

    @Test
    void a_content_that_is_not_what_its_name_says_is_damaged() {
        var wrong = new Content("1".repeat(64), Samples.SCRIPT.size(), Samples.SCRIPT.zstd());
        var run = Samples.run(Samples.RUN);
        store.runs().submit(with(run, List.of(), List.of(wrong)), Samples.first());

        refused(Reason.DAMAGED, () -> store.runs().content(wrong.sha256()));
    }

    private static NewRun with(NewRun run, List<RunFile> files, List<Content> contents) {
        return new NewRun(
                run.id(),
                run.workflow(),
                run.script(),
                run.submittedAt(),
                run.labels(),
                files,
                contents,
                run.owner(),
                run.leaseUntil());
    }

    @Test
    void a_file_needs_a_content_that_was_handed_over() {
        var run = Samples.run(Samples.RUN);

        refused(
                Reason.BROKEN,
                () -> store.runs().submit(with(run, run.files(), List.of()), Samples.first()));
        assertThat(store.runs().find(Samples.RUN)).isEmpty();
    }

    @Test
    void a_content_that_another_run_handed_over_is_enough() {
        submit(Samples.OTHER);
        var run = Samples.run(Samples.RUN);
        store.runs().submit(with(run, run.files(), List.of()), Samples.first());

        assertThat(store.runs().find(Samples.RUN).orElseThrow().files()).isEqualTo(run.files());
    }

    @Test
    void files_can_be_added_and_known_ones_stay_as_they_are() {
        var claim = submit(Samples.RUN);
        var more = Samples.content("return {}");
        var added = new RunFile(Role.IMPORT, "/scripts/lib.lua", more.sha256());
        var changed = new RunFile(Role.SCRIPT, "/scripts/a.sloth", more.sha256());
        store.runs().addFiles(claim, List.of(changed, added), List.of(more));
        store.runs().addFiles(claim, List.of(added), List.of());

        var known = Samples.run(Samples.RUN).files();
        assertThat(store.runs().find(Samples.RUN).orElseThrow().files())
                .containsExactly(known.get(0), known.get(1), added);
        assertThat(store.runs().content(more.sha256())).contains(more);
    }

    @Test
    void what_was_acknowledged_is_there_after_reopening() {
        var claim = submit(Samples.RUN);
        store.runs().append(claim, chapter(3));
        store.attempts()
                .begin(claim, Samples.attempt(Samples.RUN, "build", 1), "boot", Samples.NOW);
        store.logs().append(claim, Samples.chunk(Samples.attempt(Samples.RUN, "build", 1), 0));
        var before = Picture.of(store);
        store.close();

        assertThat(Picture.of(another())).isEqualTo(before);
    }

    @Test
    void what_one_handle_writes_another_reads_at_once() {
        var other = another();
        assertThat(other.runs().find(Samples.RUN)).isEmpty();
        var claim = submit(Samples.RUN);
        store.runs().append(claim, chapter(3));

        assertThat(Picture.of(other)).isEqualTo(Picture.of(store));
        assertThat(other.runs().find(Samples.RUN).orElseThrow().events()).isEqualTo(3);
    }

    @Test
    void texts_of_all_kinds_come_back_as_they_were() {
        var odd = "ü \u0000 ' \" \\ \n \uD83E\uDDA5";
        var run = Samples.run(Samples.RUN, odd, Map.of(odd, odd), Samples.NOW);
        store.runs().submit(run, Samples.first());

        var row = store.runs().find(Samples.RUN).orElseThrow();
        assertThat(row.workflow()).isEqualTo(odd);
        assertThat(row.labels()).isEqualTo(Map.of(odd, odd));
    }
}
