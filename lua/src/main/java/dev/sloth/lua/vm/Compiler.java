package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.ParserLimits;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.SyntaxError;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// From text to something that runs.
public final class Compiler {
    private Compiler() {}

    /// Compiles a script of the host's; `name` is what messages call it.
    ///
    /// @param promoter makes classes of what is hot
    public static Compilation compile(String name, byte[] text, Promoter promoter) {
        return compile(name, text, Terms.of(promoter));
    }

    /// Compiles a script that is watched: nothing of it becomes a class.
    public static Compilation compile(String name, byte[] text, Observer observer) {
        return compile(name, text, Terms.watched(observer));
    }

    /// Compiles a script on these terms; `name` is what messages call it.
    public static Compilation compile(String name, byte[] text, Terms terms) {
        try {
            return switch (Parser.parse(name, text, ParserLimits.DEFAULT, terms.taken()::accept)) {
                case Parsed.Bad bad -> new Compilation.Failed(bad.errors());
                case Parsed.Ok ok -> new Compilation.Done(compile(ok.chunk(), terms));
            };
        } catch (StackOverflowError _) {
            var everywhere = new Span(0, text.length, 1, 1);
            return new Compilation.Failed(
                    List.of(new SyntaxError("chunk has too many syntax levels", everywhere)));
        }
    }

    /// Compiles a tree that the parser made.
    public static CompiledScript compile(Chunk chunk, Promoter promoter) {
        return compile(chunk, Terms.of(promoter));
    }

    private static CompiledScript compile(Chunk chunk, Terms terms) {
        Optional<Observer> observer = terms.observer();
        Resolver resolver = Resolver.of(chunk.main(), observer.isPresent());
        var script =
                new FunctionScope.Script(
                        chunk.name(),
                        chunk.text(),
                        resolver,
                        terms.promoter(),
                        new Promotions(terms.borne()),
                        observer);
        var done =
                new CompiledScript(
                        function(new FunctionScope(script, chunk.main(), Optional.empty())));
        observer.ifPresent(o -> o.compiled(chunk.name(), script.lines));
        return done;
    }

    static Proto function(FunctionScope scope) {
        FunctionBody body = scope.body;
        int[] assigned = params(scope, v -> v.assigned);
        for (int i = 0; i < assigned.length; i++) {
            scope.need(scope.place());
        }
        var weaver = new Weaver(scope);
        Step block = new StatCompiler(scope, weaver).block(body.block());
        return new Proto(
                scope.script.name,
                name(scope),
                scope.isMain() ? 0 : body.span().line(),
                scope.isMain() ? 0 : scope.script.line(body.span().to() - 1),
                body.parameters().size(),
                body.varargs(),
                scope.owner.slots(),
                scope.objects(),
                params(scope, v -> v.captured),
                assigned,
                scope.isMain() ? new int[0] : scope.captures(),
                scope.sites(),
                weaver.body(block),
                body.tokens(),
                scope.script.promoter,
                scope.script.promotions);
    }

    static String name(FunctionScope scope) {
        if (scope.isMain()) {
            return "main chunk";
        }
        String given = scope.body.name();
        return given.isEmpty()
                ? "function <" + scope.script.name + ":" + scope.body.span().line() + ">"
                : given;
    }

    private static int[] params(FunctionScope scope, Predicate<Resolver.Variable> wanted) {
        return scope.body.parameters().stream()
                .map(scope.script.resolver::declared)
                .filter(wanted)
                .mapToInt(v -> v.slot)
                .toArray();
    }
}
