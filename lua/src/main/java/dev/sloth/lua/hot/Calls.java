package dev.sloth.lua.hot;

import dev.sloth.lua.vm.Node;
import dev.sloth.lua.vm.Operation;
import dev.sloth.lua.vm.Shape;
import dev.sloth.lua.vm.Values;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/// Writes calls.
final class Calls {
    private static final int PAIRS_MAX = 3;
    private static final List<String> BY_COUNT = List.of("none", "one", "two", "three");

    private final Unit unit;
    private final CodeBuilder code;
    private final Expressions expressions;

    Calls(Unit unit, Expressions expressions) {
        this.unit = unit;
        this.code = unit.code;
        this.expressions = expressions;
    }

    /// A call about to be made: what is called, and the first arguments.
    private record Prepared(
            Operand callee,
            List<Operand> first,
            Values arguments,
            int site,
            Operation.Calling does) {}

    /// Arguments in arrays.
    ///
    /// @param d the variable with the array of numbers, `o` the one with that of objects
    record Arrays(int d, int o) {}

    private Prepared prepared(Node node) {
        return switch (node.shape()) {
            case Shape.Call(var callee, var arguments, int site, var does) ->
                    new Prepared(expressions.value(callee), List.of(), arguments, site, does);
            case Shape.Method(var object, var lookup, var arguments, int site, var does) -> {
                var self = expressions.value(object);
                var method = expressions.one(self, lookup);
                yield new Prepared(method, List.of(self), arguments, site, does);
            }
            default -> throw new IllegalStateException("no call");
        };
    }

    /// Leaves the number half of all results on the operand stack.
    void raw(Node node) {
        var call = prepared(node);
        int count = call.first.size() + call.arguments.list().size();
        if (call.arguments.isOpen() || count > PAIRS_MAX) {
            many(call);
            return;
        }
        var all = new ArrayList<>(call.first);
        call.arguments.list().forEach(each -> all.add(expressions.value(each)));
        few(call, all);
    }

    /// Straight to the class of a hot function; everything else is asked of the node.
    private void few(Prepared call, List<Operand> all) {
        var slow = code.newLabel();
        var done = code.newLabel();
        if (call.callee instanceof Operand.Pair(int d, int o)) {
            int closure = unit.freshInt();
            int target = unit.freshInt();
            unit.jumpIfNotNaN(d, slow);
            code.aload(o).instanceOf(Names.CLOSURE).ifeq(slow);
            code.aload(o).checkcast(Names.CLOSURE).astore(closure);
            code.aload(closure).getfield(Names.CLOSURE, "proto", Names.PROTO);
            code.getfield(Names.PROTO, "code", Names.CODE).astore(target);
            code.aload(target).ifnull(slow);
            unit.site(call.site);
            code.aload(target).aload(unit.state).aload(closure);
            all.forEach(unit::push);
            code.invokevirtual(
                            Names.CODE,
                            "call",
                            Names.withPairs(Names.DOUBLE, all.size(), Names.STATE, Names.CLOSURE))
                    .goto_(done);
        }
        code.labelBinding(slow);
        unit.pool.load(code, call.does, Names.CALLING);
        code.aload(unit.frame);
        unit.push(call.callee);
        all.forEach(unit::push);
        code.invokeinterface(
                Names.CALLING,
                BY_COUNT.get(all.size()),
                Names.withPairs(Names.DOUBLE, all.size() + 1, Names.FRAME));
        code.labelBinding(done);
    }

    private void many(Prepared call) {
        asked(call, "many", Names.DOUBLE);
    }

    /// Leaves on the operand stack whether the call was left in the frame for the function's end.
    void last(Node node) {
        asked(prepared(node), "last", Names.BOOLEAN);
    }

    private void asked(Prepared call, String how, ClassDesc result) {
        int arguments = multi(call.arguments, call.first);
        unit.pool.load(code, call.does, Names.CALLING);
        code.aload(unit.frame);
        unit.push(call.callee);
        code.aload(arguments).getfield(Names.MULTI, "d", Names.NUMBERS);
        code.aload(arguments).getfield(Names.MULTI, "o", Names.OBJECTS);
        code.aload(arguments).getfield(Names.MULTI, "count", Names.INT);
        code.invokeinterface(
                Names.CALLING,
                how,
                Names.type(
                        result,
                        Names.FRAME,
                        Names.DOUBLE,
                        Names.OBJECT,
                        Names.NUMBERS,
                        Names.OBJECTS,
                        Names.INT));
    }

    /// Evaluates expressions to a [dev.sloth.lua.value.Multi].
    ///
    /// @return the variable that holds it
    int multi(Values values, List<Operand> first) {
        int result = unit.freshInt();
        var nodes = values.list();
        boolean open = values.isOpen();
        int count = first.size() + nodes.size();
        var fixed = open ? nodes.subList(0, nodes.size() - 1) : nodes;
        int mark = unit.mark();
        var all = empty(count);
        for (int i = 0; i < first.size(); i++) {
            put(all, i, first.get(i));
        }
        fill(all, first.size(), fixed);
        if (open) {
            int last = unit.freshNumber();
            expressions.open(nodes.getLast());
            code.dstore(last).aload(unit.state).aload(all.d).aload(all.o);
            code.loadConstant(count - 1).dload(last);
            code.invokestatic(
                    Names.LISTS,
                    "spread",
                    Names.type(
                            Names.MULTI,
                            Names.STATE,
                            Names.NUMBERS,
                            Names.OBJECTS,
                            Names.INT,
                            Names.DOUBLE));
        } else {
            code.new_(Names.MULTI).dup().aload(all.d).aload(all.o).loadConstant(count);
            code.invokespecial(
                    Names.MULTI,
                    "<init>",
                    Names.type(Names.VOID, Names.NUMBERS, Names.OBJECTS, Names.INT));
        }
        code.astore(result);
        unit.release(mark);
        return result;
    }

    /// Evaluates each to one value.
    Arrays arrays(List<Node> nodes) {
        var all = empty(nodes.size());
        fill(all, 0, nodes);
        return all;
    }

    private Arrays empty(int count) {
        int d = unit.freshInt();
        int o = unit.freshInt();
        code.loadConstant(count).newarray(TypeKind.DOUBLE).astore(d);
        code.loadConstant(count).anewarray(Names.OBJECT).astore(o);
        return new Arrays(d, o);
    }

    private void fill(Arrays all, int from, List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            int mark = unit.mark();
            put(all, from + i, expressions.value(nodes.get(i)));
            unit.release(mark);
        }
    }

    private void put(Arrays all, int at, Operand value) {
        code.aload(all.d).loadConstant(at);
        unit.pushNumber(value);
        code.dastore().aload(all.o).loadConstant(at);
        unit.pushObject(value);
        code.aastore();
    }
}
