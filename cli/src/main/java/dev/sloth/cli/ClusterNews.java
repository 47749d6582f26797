package dev.sloth.cli;

import dev.sloth.agent.link.LinkEvent;
import dev.sloth.agent.link.LinkNews;
import dev.sloth.agent.work.WorkNews;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.master.afar.RunProblems;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Overruled;
import dev.sloth.wire.RecentLines;
import dev.sloth.wire.WireProblems;
import java.time.InstantSource;
import java.util.Locale;

/// What a master and an agent tell while they go on. Safe for use by many threads.
final class ClusterNews {
    private static final String AGENT = "agent";

    private final KeptNews kept = new KeptNews(InstantSource.system());
    private final ServeNews lines;
    private final Troubles troubles = new Troubles(InstantSource.system(), this::trouble);

    ClusterNews(Caller caller, Format format) {
        this.lines = new ServeNews(caller, format, InstantSource.system(), kept::add);
    }

    LinkNews ofLink() {
        return new LinkNews() {
            @Override
            public void tell(LinkEvent event) {
                ClusterNews.this.tell(event);
            }

            @Override
            public RecentLines recent(long after) {
                return kept.after(after);
            }
        };
    }

    ServeNews lines() {
        return lines;
    }

    void tell(MasterEvent event) {
        switch (event) {
            case MasterEvent.Started started -> tell(started);
            case MasterEvent.Joined(var agent, var address) ->
                    lines.tell(
                            lines.event("joined").with(AGENT, agent).with("address", address),
                            "agent %s joined from %s".formatted(agent, address));
            case MasterEvent.Asked(var overruled) -> tell(overruled);
            case MasterEvent.Connected connected -> tell(connected);
            case MasterEvent.Left left -> tell(left);
            case MasterEvent.Clock(var agent, var offset) ->
                    clock(
                            offset,
                            "agent '%s'".formatted(agent),
                            lines.event("clock").with(AGENT, agent));
            case MasterEvent.Renewed(var agent, var until) ->
                    lines.tell(
                            lines.event("renewed")
                                    .with(AGENT, agent)
                                    .with("until", until.toString()),
                            "the certificate of agent %s holds until %s"
                                    .formatted(agent, TimeText.of(until)));
            case MasterEvent.Revoked(var agent, var by) ->
                    lines.tell(
                            lines.event("revoked").with(AGENT, agent).with("by", by),
                            "agent %s was revoked by %s".formatted(agent, by));
            case MasterEvent.Changed changed -> tell(changed);
            case MasterEvent.TokenMade(var token, var by) ->
                    lines.tell(
                            lines.event("token_made").with("token", token).with("by", by),
                            "join token %s was made by %s".formatted(token, by));
            case MasterEvent.TokenRevoked(var token, var by) ->
                    lines.tell(
                            lines.event("token_revoked").with("token", token).with("by", by),
                            "join token %s was revoked by %s".formatted(token, by));
            case MasterEvent.RunBegan(var run, var workflow) ->
                    driven("run_began", run, workflow, "begins");
            case MasterEvent.RunGoesOn(var run, var workflow) ->
                    driven("run_goes_on", run, workflow, "goes on");
            case MasterEvent.RunRests rests -> tell(rests);
            case MasterEvent.Refused refused -> tell(refused);
            case MasterEvent.RefusedAgain again -> tell(again);
            case MasterEvent.Trouble(var fault) -> troubles.tell(problem(fault));
        }
    }

    private void tell(MasterEvent.Connected e) {
        lines.tell(
                lines.event("connected")
                        .with(AGENT, e.agent())
                        .with("session", e.epoch())
                        .with("address", e.address()),
                "agent %s is connected from %s, session %d"
                        .formatted(e.agent(), e.address(), e.epoch()));
    }

    private void tell(MasterEvent.Left e) {
        lines.tell(
                lines.event("left")
                        .with(AGENT, e.agent())
                        .with("session", e.epoch())
                        .with("why", e.why()),
                "agent %s left: %s".formatted(e.agent(), e.why()));
    }

    private void tell(Overruled overruled) {
        lines.tell(
                lines.event("overruled")
                        .with(AGENT, overruled.agent())
                        .with("message", overruled.toString()),
                overruled.toString());
    }

    private void tell(MasterEvent.Changed changed) {
        lines.tell(
                lines.event("changed")
                        .with("call", changed.what())
                        .with("object", changed.object())
                        .with("by", changed.by()),
                "%s of %s, by %s".formatted(changed.what(), changed.object(), changed.by()));
    }

    private void tell(MasterEvent.Refused refused) {
        lines.tell(
                refused("refused", refused),
                "refused %s to %s: %s"
                        .formatted(refused.call(), refused.address(), words(refused.problem())));
    }

    private void tell(MasterEvent.RefusedAgain again) {
        var like = again.like();
        lines.tell(
                refused("refused_again", like)
                        .with("times", again.more())
                        .with("within_seconds", again.within().toSeconds()),
                "refused %s to %s %s within %d s: %s"
                        .formatted(
                                like.call(),
                                like.address(),
                                again.more() == 1 ? "once more" : again.more() + " times more",
                                again.within().toSeconds(),
                                words(like.problem())));
    }

    private Document refused(String event, MasterEvent.Refused refused) {
        var problem = refused.problem();
        return lines.event(event)
                .with("call", refused.call())
                .with("address", refused.address())
                .with("code", problem.code())
                .with("message", problem.message())
                .with("remedy", problem.remedy());
    }

    private void driven(String event, String run, String workflow, String word) {
        lines.tell(
                lines.event(event).with("run", run).with("workflow", workflow),
                "run %s of %s %s".formatted(run, workflow, word));
    }

    private void tell(MasterEvent.RunRests rests) {
        lines.tell(
                lines.event("run_rests")
                        .with("run", rests.run())
                        .with("workflow", rests.workflow())
                        .with("status", rests.status()),
                "run %s of %s: %s".formatted(rests.run(), rests.workflow(), rests.status()));
    }

    private void tell(MasterEvent.Started started) {
        lines.tell(
                lines.event("started")
                        .with("port", started.port())
                        .with("trust_domain", started.trustDomain())
                        .with("incarnation", started.incarnation()),
                "master of %s listens at port %d; Ctrl-C ends"
                        .formatted(started.trustDomain(), started.port()));
        started.administrator()
                .ifPresent(file ->
                        lines.tell(
                                lines.event("admin").with("file", file.toString()),
                                "made the admin's credentials, which may do everything: " + file));
    }

    private void tell(LinkEvent event) {
        switch (event) {
            case LinkEvent.Joined(var name, var id) ->
                    lines.tell(
                            lines.event("joined").with(AGENT, name).with("id", id),
                            "joined as %s (%s)".formatted(name, id));
            case LinkEvent.Asked(var overruled) -> tell(overruled);
            case LinkEvent.Connected(var master, var epoch) ->
                    lines.tell(
                            lines.event("connected")
                                    .with("master", master.toString())
                                    .with("session", epoch),
                            "connected to %s, session %d".formatted(master, epoch));
            case LinkEvent.Away(var why, var pause) ->
                    lines.tell(
                            lines.event("away")
                                    .with("code", why.code())
                                    .with("message", why.message())
                                    .with("wait_seconds", pause.toMillis() / 1_000.0),
                            "%s; trying again in %.1f s"
                                    .formatted(words(why), pause.toMillis() / 1_000.0));
            case LinkEvent.AwayAgain(var why, var times, var within) ->
                    lines.tell(
                            lines.event("away_again")
                                    .with("code", why.code())
                                    .with("message", why.message())
                                    .with("times", times)
                                    .with("within_seconds", within.toSeconds()),
                            "still away, tried %d times more within %d s: %s"
                                    .formatted(times, within.toSeconds(), words(why)));
            case LinkEvent.Clock(var offset) -> clock(offset, "this machine", lines.event("clock"));
            case LinkEvent.Renewed(var until) ->
                    lines.tell(
                            lines.event("renewed").with("until", until.toString()),
                            "the certificate holds until " + TimeText.of(until));
            case LinkEvent.NotRenewed(var why, var until) ->
                    lines.tell(
                            lines.event("not_renewed")
                                    .with("code", why.code())
                                    .with("message", why.message())
                                    .with("until", until.toString()),
                            "the certificate, which holds until %s, could not be renewed: %s"
                                    .formatted(TimeText.of(until), words(why)));
        }
    }

    private void clock(ClockOffset offset, String whose, Document event) {
        var seconds = offset.ahead().toMillis() / 1_000.0;
        if (offset.isRight()) {
            lines.tell(
                    event.with("ahead_seconds", seconds),
                    "the clock of %s is right again".formatted(whose));
            return;
        }
        var problem = offset.problem(whose);
        lines.tell(
                event.with("ahead_seconds", seconds)
                        .with("code", problem.code())
                        .with("message", problem.message()),
                words(problem));
    }

    WorkNews ofWork() {
        return new WorkNews() {
            @Override
            public void begins(String order) {
                lines.tell(lines.event("begins").with("order", order), "does " + order);
            }

            @Override
            public void ends(String order, String status) {
                lines.tell(
                        lines.event("ends").with("order", order).with("status", status),
                        "%s: %s".formatted(order, status.toLowerCase(Locale.ROOT)));
            }

            @Override
            public void trouble(Problem problem) {
                troubles.tell(problem);
            }
        };
    }

    private static Problem problem(RuntimeException fault) {
        if (fault instanceof StoreFailure known) {
            return RunProblems.of(known);
        }
        return WireProblems.problem(
                WireProblems.MASTER_FAULT,
                "the master has a fault: " + fault,
                "it goes on, and tries again; please report it with this line");
    }

    private void trouble(Problem problem) {
        lines.tell(
                lines.event("trouble")
                        .with("code", problem.code())
                        .with("message", problem.message())
                        .with("remedy", problem.remedy()),
                "trouble: " + words(problem));
    }

    /// Something that whoever looks should know.
    void remark(String what) {
        lines.tell(lines.event("remark").with("message", what), what);
    }

    void stopped() {
        lines.tell(lines.event("stopped"), "stopped");
    }

    private static String words(Problem problem) {
        return "%s (%s); %s".formatted(problem.message(), problem.code(), problem.remedy());
    }
}
