package dev.sloth.cli.debug;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.lua.debug.Debugger;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.debug.DebugLauncher;
import org.eclipse.lsp4j.jsonrpc.debug.messages.DebugResponseMessage;

/// One session with one editor, on two streams that nobody else touches.
public final class DebugAdapter {
    private static final String WRONG = "SLOTH-9061";

    /// How long something may take to end whose editor is gone.
    private static final long END_SECONDS_MAX = 30;

    /// Kept, or its level would be forgotten: what the library logs is for nobody.
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.lsp4j");

    private final News news;
    private final Debugger debugger;
    private final Course course;
    private final Looks looks;
    private final Queue<Runnable> afterAnswer = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private DebugAdapter(Debuggee debuggee, AdapterLimits limits) {
        var handles = new Handles();
        this.news = new News(handles);
        this.debugger = new Debugger(news, limits.debugger());
        this.course = new Course(debuggee, debugger, news);
        this.looks = new Looks(news, handles, limits.debugger().page());
    }

    /// Serves until the editor leaves, and ends what it has left behind; gives the exit code of
    /// what was debugged, 0 if that did not end by itself.
    ///
    /// @throws Problems when the editor says what is not of the protocol
    public static int serve(
            InputStream in, OutputStream out, Debuggee debuggee, AdapterLimits limits)
            throws InterruptedException {
        LIBRARY.setLevel(Level.OFF);
        var adapter = new DebugAdapter(debuggee, limits);
        try {
            return adapter.serve(new Framed(in, limits.messageBytes(), adapter.news::leftOut), out);
        } finally {
            adapter.debugger.close();
        }
    }

    private int serve(Framed in, OutputStream out) throws InterruptedException {
        var threads = Executors.newCachedThreadPool(daemons("debug-adapter-"));
        // one, so that what is asked first is answered first
        var asking = Executors.newSingleThreadExecutor(daemons("debug-asking-"));
        try {
            var launcher = launcher(in, out, threads, asking);
            var listening = launcher.startListening();
            threads.execute(() -> {
                try {
                    listening.get();
                } catch (ExecutionException | CancellationException | InterruptedException _) {
                    // the stream is over, whichever way: that is all there is to know
                } finally {
                    over.countDown();
                }
            });
            over.await();
            end();
        } finally {
            threads.shutdownNow();
            asking.shutdownNow();
        }
        var fault = in.fault();
        if (fault.isPresent()) {
            throw new Problems(
                    new Problem(
                            WRONG,
                            "the editor does not keep to the protocol: " + fault.get(),
                            Span.NOWHERE,
                            "debug speaks the Debug Adapter Protocol: start it from an editor, see"
                                    + " docs/debugging.md"));
        }
        return course.code().orElse(0);
    }

    private Launcher<IDebugProtocolClient> launcher(
            InputStream in, OutputStream out, ExecutorService threads, Executor asking) {
        var requests =
                new Requests(
                        debugger,
                        course,
                        looks,
                        news,
                        new Requests.Afterwards(
                                afterAnswer::add, news::ready, over::countDown, asking));
        var launcher =
                new DebugLauncher.Builder<IDebugProtocolClient>()
                        .setLocalService(requests)
                        .setRemoteInterface(IDebugProtocolClient.class)
                        .setInput(in)
                        .setOutput(out)
                        .setExecutorService(threads)
                        .setExceptionHandler(Refusal::unanswered)
                        .wrapMessages(this::thenDo)
                        .create();
        news.tell(launcher.getRemoteProxy(), requests::line);
        return launcher;
    }

    private MessageConsumer thenDo(MessageConsumer consumer) {
        return message -> {
            if (message instanceof DebugResponseMessage answer) {
                Refusal.reword(answer);
            }
            consumer.consume(message);
            if (message instanceof DebugResponseMessage answer
                    && !Requests.isAside(answer.getMethod())) {
                for (var next = afterAnswer.poll(); next != null; next = afterAnswer.poll()) {
                    next.run();
                }
            }
        };
    }

    /// The editor is gone: what it has left ends too.
    private void end() throws InterruptedException {
        var ended = new CountDownLatch(1);
        var _ = course.end().whenComplete((_, _) -> ended.countDown());
        if (course.isLeftAlone()) {
            ended.await();
            return;
        }
        course.stop();
        var _ = ended.await(END_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static ThreadFactory daemons(String name) {
        var count = new AtomicInteger();
        return work ->
                Thread.ofPlatform().daemon().name(name + count.incrementAndGet()).unstarted(work);
    }
}
