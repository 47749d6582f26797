package dev.sloth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes inputs for properties.
///
/// `forAll` runs a property with many seeds and growing sizes. When one fails, smaller sizes of the
/// same seed are tried, and the error names the smallest that fails, as `-Dsloth.seed=SEED:SIZE`;
/// given that, `forAll` runs this one case alone. `exhaustively` runs a property once for every
/// sequence of answers that its draws can have.
public final class Gen {
    /// The size of the largest inputs that `forAll` makes.
    public static final int SIZE_MAX = 40;

    private static final String SEED_PROPERTY = "sloth.seed";

    /// How many times as many seeds as usual; the nightly profile sets it.
    private static final String SCALE_PROPERTY = "sloth.scale";

    /// Not the step of [SplittableRandom] itself: with that, each case would draw what the one
    /// before it drew, but for the first.
    private static final long SEED_STEP = 0xD134_2543_DE82_EF95L;

    private final Choices choices;
    private final int size;

    /// A generator of its own, outside `forAll`.
    public Gen(long seed, int size) {
        this(new Choices.Random(new SplittableRandom(seed)), size);
    }

    private Gen(Choices choices, int size) {
        this.choices = choices;
        this.size = size;
    }

    /// What must hold for every input; draws its input from the generator.
    @FunctionalInterface
    public interface Property {
        void check(Gen gen) throws Exception;
    }

    /// Checks the property for so many seeds, which are the same in every run of the tests; for
    /// more of them in the nightly profile.
    public static void forAll(int iterations, Property property) {
        var wanted = System.getProperty(SEED_PROPERTY, "");
        if (!wanted.isEmpty()) {
            runOne(Case.parse(wanted), property);
            return;
        }
        long all = (long) iterations * Integer.getInteger(SCALE_PROPERTY, 1);
        for (long i = 0; i < all; i++) {
            runOne(new Case(SEED_STEP * (i + 1), (int) (1 + i * SIZE_MAX / all)), property);
        }
    }

    /// Checks the property for every input it can draw and says how many there were.
    ///
    /// @throws IllegalStateException when there are more than `casesMax`
    public static long exhaustively(long casesMax, int size, Property property) {
        var all = new Choices.All();
        long cases = 0;
        do {
            if (cases == casesMax) {
                throw new IllegalStateException("more than " + casesMax + " cases");
            }
            all.restart();
            failure(new Gen(all, size), property)
                    .ifPresent(cause -> {
                        throw new AssertionError(
                                "does not hold for the choices " + all + ": " + cause.getMessage(),
                                cause);
                    });
            cases++;
        } while (all.advance());
        return cases;
    }

    /// How large inputs should be about: lengths, depths, counts.
    public int size() {
        return size;
    }

    /// From 0 to `bound - 1`.
    public int below(int bound) {
        return choices.below(bound);
    }

    /// From `low` to `high`, both included.
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    public boolean yes() {
        return below(2) == 1;
    }

    /// True in `percent` of 100 draws.
    public boolean chance(int percent) {
        return below(100) < percent;
    }

    @SafeVarargs
    public final <T> T oneOf(T first, T... others) {
        int drawn = below(others.length + 1);
        return drawn == 0 ? first : others[drawn - 1];
    }

    public <T> T oneOf(List<T> items) {
        return items.get(below(items.size()));
    }

    /// Up to [#size] items.
    public <T> List<T> list(Supplier<? extends T> item) {
        return list(below(size + 1), item);
    }

    /// So many items.
    public <T> List<T> list(int length, Supplier<? extends T> item) {
        var items = new ArrayList<T>(length);
        for (int i = 0; i < length; i++) {
            items.add(item.get());
        }
        return items;
    }

    /// Up to [#size] characters of the alphabet.
    public String string(String alphabet) {
        int length = below(size + 1);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(below(alphabet.length())));
        }
        return text.toString();
    }

    /// The source of chance itself, for what is not a choice of few.
    ///
    /// @throws UnsupportedOperationException in exhaustive mode
    public RandomGenerator random() {
        return choices.random();
    }

    private record Case(long seed, int size) {
        static Case parse(String text) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Case(Long.parseLong(text), SIZE_MAX)
                    : new Case(
                            Long.parseLong(text.substring(0, colon)),
                            Integer.parseInt(text.substring(colon + 1)));
        }

        Gen gen() {
            return new Gen(seed, size);
        }

        @Override
        public String toString() {
            return "-D" + SEED_PROPERTY + "=" + seed + ":" + size;
        }
    }

    private static void runOne(Case drawn, Property property) {
        var first = failure(drawn.gen(), property);
        if (first.isEmpty()) {
            return;
        }
        for (int smaller = 0; smaller < drawn.size(); smaller++) {
            var shrunk = new Case(drawn.seed(), smaller);
            failure(shrunk.gen(), property).ifPresent(cause -> fail(shrunk, cause));
        }
        fail(drawn, first.get());
    }

    private static void fail(Case failed, Throwable cause) {
        throw new AssertionError(
                "does not hold; again with " + failed + ": " + cause.getMessage(), cause);
    }

    /// Errors of the machine, such as no memory, are not the property's and go through.
    private static Optional<Throwable> failure(Gen gen, Property property) {
        try {
            property.check(gen);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (Exception | AssertionError | StackOverflowError e) {
            return Optional.of(e);
        }
    }
}
