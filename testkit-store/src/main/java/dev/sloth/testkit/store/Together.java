package dev.sloth.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/// Does things at the same moment on many threads.
final class Together {
    private Together() {}

    static <T> List<T> all(int threads, IntFunction<T> act) {
        var ready = new CountDownLatch(threads);
        var tasks = new ArrayList<Callable<T>>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            tasks.add(() -> {
                ready.countDown();
                ready.await();
                return act.apply(number);
            });
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
