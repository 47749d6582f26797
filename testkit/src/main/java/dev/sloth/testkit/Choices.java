package dev.sloth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Where the answers of a [Gen] come from.
sealed interface Choices {
    int below(int bound);

    RandomGenerator random();

    /// By chance.
    record Random(RandomGenerator random) implements Choices {
        @Override
        public int below(int bound) {
            return random.nextInt(bound);
        }
    }

    /// Every sequence of answers in turn, as an odometer counts: the last choice turns fastest.
    final class All implements Choices {
        private record Choice(int taken, int bound) {}

        private final List<Choice> path = new ArrayList<>();
        private int depth;

        void restart() {
            depth = 0;
        }

        /// Goes on to the next sequence; false when there is none.
        boolean advance() {
            while (!path.isEmpty()) {
                var last = path.removeLast();
                if (last.taken() + 1 < last.bound()) {
                    path.add(new Choice(last.taken() + 1, last.bound()));
                    return true;
                }
            }
            return false;
        }

        @Override
        public int below(int bound) {
            if (bound < 1) {
                throw new IllegalArgumentException("nothing to choose from");
            }
            if (depth == path.size()) {
                path.add(new Choice(0, bound));
            }
            var choice = path.get(depth++);
            if (choice.bound() != bound) {
                throw new IllegalStateException("the property draws differently for equal choices");
            }
            return choice.taken();
        }

        @Override
        public RandomGenerator random() {
            throw new UnsupportedOperationException("exhaustive mode has no chance in it");
        }

        @Override
        public String toString() {
            return path.stream().map(Choice::taken).toList().toString();
        }
    }
}
