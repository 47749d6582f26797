package dev.sloth.agent.link;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Joining;
import dev.sloth.wire.Keys;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.WireProblems;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps an agent connected to its master until it is ended.
public final class Link {
    /// What a wait begins with before a master has said how long it is to be.
    private static final Duration JITTER = Duration.ofSeconds(3);

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /// How much sooner or later than said a certificate is renewed: a tenth of its life at most.
    private static final int RENEW_SPREAD = 10;

    /// For how long what keeps an agent away is only counted, unless said.
    public static final Duration ABSENCES_AGAIN = Duration.ofMinutes(1);

    /// Waiting does not make these better: too old, a stranger, revoked, not known, not allowed,
    /// and another process is this agent. docs/cluster.md lists them.
    private static final Set<String> FINAL =
            Set.of(
                    WireProblems.OTHER_VERSION,
                    WireProblems.STRANGER,
                    "SLOTH-4711",
                    "SLOTH-4712",
                    "SLOTH-4713",
                    "SLOTH-4722");

    private final MasterAddress master;
    private final AgentFolder folder;
    private final Self self;
    private final SecureRandom random;
    private final InstantSource time;
    private final LinkNews news;
    private final Orders orders;
    private final Duration absencesAgain;
    private final CountDownLatch ending = new CountDownLatch(1);

    public Link(
            MasterAddress master,
            AgentFolder folder,
            Self self,
            SecureRandom random,
            InstantSource time,
            LinkNews news,
            Orders orders) {
        this(master, folder, self, random, time, news, orders, ABSENCES_AGAIN);
    }

    /// @param absencesAgain for how long what keeps it away is only counted, once it was told
    public Link(
            MasterAddress master,
            AgentFolder folder,
            Self self,
            SecureRandom random,
            InstantSource time,
            LinkNews news,
            Orders orders,
            Duration absencesAgain) {
        this.orders = orders;
        this.absencesAgain = absencesAgain;
        this.master = master;
        this.folder = folder;
        this.self = self;
        this.random = random;
        this.time = time;
        this.news = news;
    }

    /// Becomes an agent of the master, and keeps what it gets.
    ///
    /// @throws Problems when it is refused, or nobody answers
    public void join(JoinToken token, Joining.Wish wish) {
        var joined = Joining.join(master, token, folder.pair(random), wish, time);
        folder.keep(joined.credentials());
        folder.keepName(joined.name());
        news.tell(new LinkEvent.Joined(joined.name(), joined.id()));
        joined.overruled().ifPresent(each -> news.tell(new LinkEvent.Asked(each)));
    }

    /// Stays connected until [#end].
    ///
    /// @throws Problems what cannot get better by itself
    public void run() throws InterruptedException {
        var own = folder.live();
        var renewing = new Renewing(own, folder, random, time, news);
        var absences = new Absences(time, news, absencesAgain);
        var jitter = JITTER;
        int failed = 0;
        while (!ended()) {
            Problem why;
            var session = new Session(master, own, self, renewing, ending, time, news, orders);
            switch (session.run()) {
                case Session.End.Again(Duration told) -> {
                    jitter = told;
                    failed = 0;
                    continue;
                }
                case Session.End.Ended _ -> {
                    return;
                }
                case Session.End.Lost(Problem problem, Optional<Duration> told) -> {
                    why = problem;
                    jitter = told.orElse(jitter);
                    failed = told.isPresent() ? 0 : failed + 1;
                    told.ifPresent(_ -> absences.over());
                }
            }
            if (FINAL.contains(why.code()) || isOver(why, own)) {
                throw new Problems(why);
            }
            var wait = wait(jitter, failed);
            absences.tell(why, wait);
            boolean _ = ending.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Random, so that not all come back at once; longer the more often it failed.
    private Duration wait(Duration jitter, int failed) {
        final int doublingsMax = 10;
        long most =
                Math.min(
                        WAIT_MAX.toMillis(),
                        jitter.toMillis() << Math.min(doublingsMax, Math.max(0, failed - 1)));
        return Duration.ofMillis(random.nextLong(Math.max(1, most)));
    }

    /// Whether both clocks say so: one of them alone may be wrong, and right again soon.
    private boolean isOver(Problem why, LiveCredentials own) {
        return why.code().equals(WireProblems.CERTIFICATE_OVER)
                && !own.now().until().isAfter(time.instant());
    }

    private boolean ended() {
        return ending.getCount() == 0;
    }

    /// Ends [#run] soon; from any thread.
    public void end() {
        ending.countDown();
    }

    /// Keeps a certificate young.
    static final class Renewing {
        private final LiveCredentials own;
        private final AgentFolder folder;
        private final SecureRandom random;
        private final InstantSource time;
        private final LinkNews news;
        private Instant due;

        Renewing(
                LiveCredentials own,
                AgentFolder folder,
                SecureRandom random,
                InstantSource time,
                LinkNews news) {
            this.own = own;
            this.folder = folder;
            this.random = random;
            this.time = time;
            this.news = news;
            this.due = due(own.now());
        }

        private Instant due(Credentials credentials) {
            long spread = Math.max(1, credentials.life().toMillis() / RENEW_SPREAD);
            return credentials.renewAt().plusMillis(random.nextLong(-spread, spread));
        }

        boolean isDue() {
            return !due.isAfter(time.instant());
        }

        /// @param asking asks the master for the certificate of a new key
        /// @return whether there is a new certificate
        boolean renew(Asking asking) {
            var pair = Keys.make(random);
            try {
                var next = asking.ask(pair);
                folder.keep(next);
                due = due(next);
                news.tell(new LinkEvent.Renewed(next.until()));
                return true;
            } catch (Problems e) {
                var left = Duration.between(time.instant(), own.now().until());
                due = time.instant().plus(left.dividedBy(RENEW_SPREAD));
                news.tell(new LinkEvent.NotRenewed(e.list().getFirst(), own.now().until()));
                return false;
            }
        }

        @FunctionalInterface
        interface Asking {
            Credentials ask(KeyPair pair);
        }
    }
}
