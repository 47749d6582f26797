package dev.sloth.lua.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is visible where the parser is: which function, how many locals, which loops and labels.
/// Only for the rules that make a text wrong; who resolves names does it anew.
final class Scopes {
    /// As in Lua 5.1.
    private static final int LOCALS_MAX = 200;

    private final Cursor cursor;
    private FunctionScope function;
    private BlockScope block;

    Scopes(Cursor cursor) {
        this.cursor = cursor;
        this.function = new FunctionScope(Optional.empty(), true, 0);
        this.block = new BlockScope(Optional.empty(), function, false, 0);
    }

    private static final class FunctionScope {
        final Optional<BlockScope> outside;
        final boolean varargs;
        final int line;
        final List<String> locals = new ArrayList<>();
        boolean full;

        FunctionScope(Optional<BlockScope> outside, boolean varargs, int line) {
            this.outside = outside;
            this.varargs = varargs;
            this.line = line;
        }
    }

    private static final class BlockScope {
        final Optional<BlockScope> outside;
        final FunctionScope function;
        final boolean loop;
        final int localsBefore;
        final List<Label> labels = new ArrayList<>(0);
        final List<Jump> jumps = new ArrayList<>(0);

        /// Labels from here on have no statement behind them.
        int trailing;

        BlockScope(
                Optional<BlockScope> outside,
                FunctionScope function,
                boolean loop,
                int localsBefore) {
            this.outside = outside;
            this.function = function;
            this.loop = loop;
            this.localsBefore = localsBefore;
        }
    }

    private record Label(Name name, int locals) {}

    private record Jump(Name label, int locals, Span place) {}

    /// Where to return to after an error.
    record Mark(Object block, int locals) {}

    Mark mark() {
        return new Mark(block, function.locals.size());
    }

    void reset(Mark mark) {
        block = (BlockScope) mark.block();
        function = block.function;
        dropLocals(mark.locals());
    }

    private void dropLocals(int count) {
        List<String> locals = function.locals;
        while (locals.size() > count) {
            locals.removeLast();
        }
    }

    void openFunction(boolean varargs, int line) {
        function = new FunctionScope(Optional.of(block), varargs, line);
        block = new BlockScope(Optional.empty(), function, false, 0);
    }

    void closeFunction() {
        closeBlock(false);
        function.outside.ifPresent(outside -> {
            block = outside;
            function = outside.function;
        });
    }

    void openBlock(boolean loop) {
        block = new BlockScope(Optional.of(block), function, loop, function.locals.size());
    }

    /// @param conditionFollows whether an `until` still sees the block's locals, so that a label at
    ///   its end is no end
    void closeBlock(boolean conditionFollows) {
        BlockScope closed = block;
        for (Jump jump : closed.jumps) {
            land(jump, closed, conditionFollows);
        }
        dropLocals(closed.localsBefore);
        closed.outside.ifPresent(outside -> block = outside);
    }

    private void land(Jump jump, BlockScope from, boolean conditionFollows) {
        Optional<Label> label = find(from, jump.label());
        if (label.isPresent()) {
            checkLanding(jump, label.get(), from, conditionFollows);
        } else if (from.outside.isPresent()) {
            int locals = Math.min(jump.locals(), from.localsBefore);
            from.outside.get().jumps.add(new Jump(jump.label(), locals, jump.place()));
        } else if (cursor.errors().isEmpty()) {
            // after another error the label may have been in what was left out
            lost(jump);
        }
    }

    private void lost(Jump jump) {
        cursor.complain(
                "no visible label '%s' for <goto> at line %d"
                        .formatted(jump.label().text(), jump.place().line()),
                jump.place());
    }

    private static Optional<Label> find(BlockScope scope, Name name) {
        return scope.labels.stream().filter(l -> l.name().text().equals(name.text())).findFirst();
    }

    private void checkLanding(Jump jump, Label label, BlockScope in, boolean conditionFollows) {
        boolean atEnd = !conditionFollows && in.labels.indexOf(label) >= in.trailing;
        int locals = atEnd ? in.localsBefore : label.locals();
        if (locals > jump.locals()) {
            cursor.complain(
                    "<goto %s> at line %d jumps into the scope of local '%s'"
                            .formatted(
                                    label.name().text(),
                                    jump.place().line(),
                                    function.locals.get(jump.locals())),
                    jump.place());
        }
    }

    /// Behind every statement that is neither empty nor a label.
    void sawStatement() {
        block.trailing = block.labels.size();
    }

    void label(Name name) {
        Optional<Label> known = find(block, name);
        known.ifPresent(first ->
                cursor.complain(
                        "label '%s' already defined on line %d"
                                .formatted(name.text(), first.name().span().line()),
                        name.span()));
        if (known.isEmpty()) {
            block.labels.add(new Label(name, function.locals.size()));
        }
    }

    void jump(Name label, Span place) {
        block.jumps.add(new Jump(label, function.locals.size(), place));
    }

    boolean inLoop() {
        BlockScope scope = block;
        while (!scope.loop) {
            if (scope.outside.isEmpty()) {
                return false;
            }
            scope = scope.outside.get();
        }
        return true;
    }

    boolean inVarargs() {
        return function.varargs;
    }

    void declare(String local, Span place) {
        function.locals.add(local);
        if (function.locals.size() > LOCALS_MAX && !function.full) {
            function.full = true;
            String where =
                    function.line == 0 ? "main function" : "function at line " + function.line;
            cursor.complain(where + " has more than " + LOCALS_MAX + " local variables", place);
        }
    }

    void declare(Name local) {
        declare(local.text(), local.span());
    }
}
