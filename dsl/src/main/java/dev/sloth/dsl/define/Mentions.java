package dev.sloth.dsl.define;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls and assignments of a text, by name.
final class Mentions {
    /// How far from the line that was noted a call may begin: chains span many lines.
    private static final int LINES_OFF_MAX = 3;

    private final List<Called> calls = new ArrayList<>();
    private final Map<String, Assigned> assigned = new HashMap<>();

    /// A call: the word before its arguments.
    record Called(String text, Span name, List<Expr> arguments) {}

    /// A variable with what it got last.
    record Assigned(Span name, Expr value) {}

    private Mentions() {}

    static Mentions in(Chunk chunk) {
        var mentions = new Mentions();
        TreeWalk.over(chunk, mentions.new Noting());
        mentions.calls.sort(Comparator.comparingInt(call -> call.name().from()));
        return mentions;
    }

    /// The call by this name nearest to a line.
    Optional<Called> call(int line, String name) {
        Optional<Called> best = Optional.empty();
        int least = LINES_OFF_MAX + 1;
        for (Called call : calls) {
            int off = Math.abs(call.name().line() - line);
            if (off < least && (name.isEmpty() || call.text().equals(name))) {
                least = off;
                best = Optional.of(call);
            }
        }
        return best;
    }

    Optional<Assigned> assigned(String variable) {
        return Optional.ofNullable(assigned.get(variable));
    }

    /// Notes what it is shown, in whatever order.
    private final class Noting implements TreeWalk.Visitor {
        @Override
        public void stat(Stat stat) {
            if (stat instanceof Stat.Local local) {
                for (int i = 0; i < Math.min(local.names().size(), local.values().size()); i++) {
                    var name = local.names().get(i);
                    note(name.text(), name.span(), local.values().get(i));
                }
            } else if (stat instanceof Stat.Assign assign) {
                assigns(assign);
            }
        }

        private void assigns(Stat.Assign assign) {
            for (int i = 0; i < Math.min(assign.targets().size(), assign.values().size()); i++) {
                if (assign.targets().get(i) instanceof Expr.Variable variable) {
                    note(variable.name().text(), variable.span(), assign.values().get(i));
                }
            }
        }

        private void note(String name, Span span, Expr value) {
            var before = assigned.get(name);
            if (before == null || before.name().from() < span.from()) {
                assigned.put(name, new Assigned(span, value));
            }
        }

        @Override
        public void expr(Expr expr) {
            if (expr instanceof Expr.Call call) {
                calls.add(called(call));
            } else if (expr instanceof Expr.MethodCall call) {
                calls.add(new Called(call.method().text(), call.method().span(), call.arguments()));
            }
        }
    }

    private static Called called(Expr.Call call) {
        return switch (call.callee()) {
            case Expr.Variable variable ->
                    new Called(variable.name().text(), variable.span(), call.arguments());
            case Expr.Index index when index.key() instanceof Expr.Str key ->
                    new Called(
                            new String(key.bytes(), StandardCharsets.UTF_8),
                            index.dotted() ? key.span() : index.span(),
                            call.arguments());
            case Expr.Call inner -> new Called("()", inner.span(), call.arguments());
            default -> new Called("()", call.span(), call.arguments());
        };
    }
}
