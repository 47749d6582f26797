package dev.sloth.master.session;

import dev.sloth.wire.WireProblems;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Questions that agents were asked and have not answered. Safe for use by many threads.
///
/// @param <T> what they answer
final class Questions<T> {
    /// How long an agent may take to answer.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Open, CompletableFuture<T>> open = new ConcurrentHashMap<>();

    /// Only the agent that was asked can answer.
    private record Open(String agent, long question) {}

    /// @param asking asks the agent the question of this number
    /// @throws dev.sloth.api.workflow.Problems when no answer comes
    T ask(String agent, String name, LongConsumer asking) {
        var question = new Open(agent, numbers.incrementAndGet());
        var answer = new CompletableFuture<T>();
        open.put(question, answer);
        try {
            asking.accept(question.question());
            return answer.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            throw silent(name);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw silent(name);
        } finally {
            open.remove(question);
        }
    }

    private static RuntimeException silent(String name) {
        return WireProblems.of(
                WireProblems.AGENT_SILENT,
                "the agent '%s' has not answered within %d s"
                        .formatted(name, ANSWER_MAX.toSeconds()),
                "ask again; an agent of an older version cannot answer that");
    }

    /// What nobody asked, or not any more, is passed over.
    void answered(String agent, long question, T told) {
        var answer = open.get(new Open(agent, question));
        if (answer != null) {
            answer.complete(told);
        }
    }
}
