package dev.sloth.plugins.math;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.plugins.value.Lists;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The module `math`, added to Lua's own.
public final class MathModule {
    private static final double EXACT_MAX = 0x1p53;

    /// The generator of a script that has given a seed.
    private static final class Chance {
        private Optional<RandomGenerator> seeded = Optional.empty();
    }

    private MathModule() {}

    public static Module module() {
        return Module.named(
                        "math", "Rounding, statistics and chance beyond Lua's own math library.")
                .functions(
                        round(),
                        clamp(),
                        pow(),
                        of("cbrt", "Gives the cube root.", Math::cbrt),
                        of(
                                "log2",
                                "Gives the logarithm to base 2.",
                                x -> Math.log(x) / Math.log(2)))
                .functions(randomInt(), randomFloat(), seed())
                .functions(
                        over("sum", "Adds up a list; 0 if it is empty.", MathModule::sum),
                        overSome("mean", "Gives the average of a list.", MathModule::mean),
                        overSome("median", "Gives the middle of a list.", MathModule::median),
                        overSome("mode", "Gives the most frequent number.", MathModule::mode),
                        overSome(
                                "variance",
                                "Gives the variance of a list, taken as the whole population.",
                                MathModule::variance),
                        overSome(
                                "std_dev",
                                "Gives the standard deviation of a list, taken as the whole.",
                                numbers -> Math.sqrt(variance(numbers))));
    }

    private static Function of(String name, String doc, DoubleUnaryOperator operator) {
        return Function.named(name)
                .doc(doc)
                .param("x", Type.NUMBER, "The number.")
                .returns("result", Type.NUMBER, "The result.")
                .example("math." + name + "(8)")
                .body(call -> Results.number(operator.applyAsDouble(call.number("x"))));
    }

    private static Function round() {
        return Function.named("round")
                .doc("Rounds to the nearest number, halves away from zero.")
                .param("x", Type.NUMBER, "The number.")
                .optional("places", Type.INTEGER, "Places behind the point, 0 if nil, up to 15.")
                .returns("result", Type.NUMBER, "The rounded number.")
                .example("math.round(2.5) -- 3")
                .body(call -> {
                    double factor = Math.pow(10, Math.clamp(call.integer("places", 0), -15, 15));
                    double scaled = call.number("x") * factor;
                    double away = Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
                    boolean exact = Math.abs(scaled) < EXACT_MAX;
                    return Results.number(exact ? away / factor : call.number("x"));
                });
    }

    private static Function clamp() {
        return Function.named("clamp")
                .doc("Keeps a number between two others.")
                .param("x", Type.NUMBER, "The number.")
                .param("low", Type.NUMBER, "The least it may be.")
                .param("high", Type.NUMBER, "The most it may be.")
                .returns("result", Type.NUMBER, "The number, or the bound it was beyond.")
                .example("math.clamp(12, 0, 10) -- 10")
                .body(call -> {
                    double low = call.number("low");
                    double high = call.number("high");
                    if (low > high) {
                        throw new CallFailure("low is greater than high");
                    }
                    return Results.number(Math.min(high, Math.max(low, call.number("x"))));
                });
    }

    private static Function pow() {
        return Function.named("pow")
                .doc("Raises a number to a power.")
                .param("x", Type.NUMBER, "The number.")
                .param("y", Type.NUMBER, "The power.")
                .returns("result", Type.NUMBER, "The result.")
                .example("math.pow(2, 10) -- 1024")
                .body(call -> Results.number(Math.pow(call.number("x"), call.number("y"))));
    }

    private static Function randomInt() {
        return Function.named("random_int")
                .doc("Draws a whole number; both bounds can come.")
                .param("low", Type.INTEGER, "The least.")
                .param("high", Type.INTEGER, "The most.")
                .returns("number", Type.INTEGER, "The number drawn.")
                .example("local die = math.random_int(1, 6)")
                .body(call -> {
                    long low = call.integer("low");
                    long high = call.integer("high");
                    if (low > high) {
                        throw new CallFailure("low is greater than high");
                    }
                    return Results.number((double) chance(call).nextLong(low, high + 1));
                });
    }

    private static Function randomFloat() {
        return Function.named("random_float")
                .doc("Draws a number; the upper bound does not come.")
                .param("low", Type.NUMBER, "The least.")
                .param("high", Type.NUMBER, "What it is below.")
                .returns("number", Type.NUMBER, "The number drawn.")
                .example("local x = math.random_float(0.5, 1.5)")
                .body(call -> {
                    double low = call.number("low");
                    double high = call.number("high");
                    if (!(low < high) || Double.isInfinite(high - low)) {
                        throw new CallFailure("low must be less than high");
                    }
                    return Results.number(chance(call).nextDouble(low, high));
                });
    }

    private static Function seed() {
        return Function.named("seed")
                .doc("Makes random_int and random_float give the same numbers in each run.")
                .optional("seed", Type.INTEGER, "Where to start; unpredictable again if nil.")
                .example("math.seed(42)")
                .body(call -> {
                    var chance = call.host().keep(Chance.class, Chance::new);
                    chance.seeded =
                            call.given("seed")
                                    ? Optional.of(generator(call.integer("seed")))
                                    : Optional.empty();
                    return Results.none();
                });
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static RandomGenerator chance(Call call) {
        return call.host()
                .keep(Chance.class, Chance::new)
                .seeded
                .orElseGet(() -> call.host().random());
    }

    private static Function over(String name, String doc, ToDoubleFunction<double[]> fold) {
        return Function.named(name)
                .doc(doc)
                .param("list", Type.TABLE, "A list of numbers.")
                .returns("result", Type.NUMBER, "The result.")
                .example("math." + name + "({1, 2, 2, 5})")
                .body(call ->
                        Results.number(
                                fold.applyAsDouble(Lists.numbers(call.table("list"), "list"))));
    }

    private static Function overSome(String name, String doc, ToDoubleFunction<double[]> fold) {
        return over(
                name,
                doc,
                numbers -> {
                    if (numbers.length == 0) {
                        throw new CallFailure("the list is empty");
                    }
                    return fold.applyAsDouble(numbers);
                });
    }

    private static double sum(double[] numbers) {
        return Arrays.stream(numbers).sum();
    }

    private static double mean(double[] numbers) {
        return sum(numbers) / numbers.length;
    }

    private static double median(double[] numbers) {
        var sorted = numbers.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// The first to come among equally frequent ones.
    private static double mode(double[] numbers) {
        var counts = new LinkedHashMap<Double, Integer>();
        for (double number : numbers) {
            counts.merge(number, 1, Integer::sum);
        }
        double best = numbers[0];
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > counts.getOrDefault(best, 0)) {
                best = entry.getKey();
            }
        }
        return best;
    }

    private static double variance(double[] numbers) {
        double mean = mean(numbers);
        return Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum() / numbers.length;
    }
}
