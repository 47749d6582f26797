package dev.sloth.lua.hot;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.vm.Form;
import dev.sloth.lua.vm.Node;
import dev.sloth.lua.vm.Step;
import dev.sloth.lua.vm.Values;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/// Writes statements.
final class Statements {
    private static final Operand NIL = new Operand.Thing(LuaNil.NIL);
    private static final int NOWHERE = -1;

    private final Unit unit;
    private final CodeBuilder code;
    private final Expressions expressions;
    private final LoopWriter loops;

    Statements(Unit unit) {
        this.unit = unit;
        this.code = unit.code;
        this.expressions = new Expressions(unit);
        this.loops = new LoopWriter(unit, this, expressions);
    }

    LoopWriter loops() {
        return loops;
    }

    void step(Step step) {
        int mark = unit.mark();
        switch (step.form()) {
            case Form.Call(var call) -> {
                expressions.open(call);
                code.pop2();
            }
            case Form.Declare(int slot, boolean captured, var value) ->
                    unit.declare(slot, captured, expressions.value(value));
            case Form.DeclareFunction(int slot, boolean captured, var function) ->
                    function(slot, captured, function);
            case Form.DeclareMany(var variables, var values) -> many(variables, values);
            case Form.Assign(var place, var value) -> assign(place, value);
            case Form.AssignMany(var places, var values, int place) ->
                    assign(places, values, place);
            case Form.Choice(var branches, var otherwise) -> choice(branches, otherwise);
            case Form.While loop -> loops.whileLoop(loop);
            case Form.Repeat loop -> loops.repeat(loop);
            case Form.Numeric loop -> loops.numeric(loop);
            case Form.Generic loop -> loops.generic(loop);
            case Form.Return(var values) -> give(values);
            case Form.ReturnOne(var value) -> {
                expressions.open(value);
                unit.ending().give(unit);
            }
            case Form.TailCall(var call) -> tail(call);
            case Form.Break _ ->
                    unit.innermostExit()
                            .ifPresentOrElse(code::goto_, () -> unit.ending().next(unit));
            case Form.Goto(var label) ->
                    unit.known(label)
                            .ifPresentOrElse(this::jump, () -> unit.ending().leave(unit, label));
            case Form.Block(var steps, var labels) -> block(steps, labels);
        }
        unit.release(mark);
    }

    private void jump(java.lang.classfile.Label target) {
        unit.step();
        code.goto_(target);
    }

    private void block(List<Step> steps, List<dev.sloth.lua.vm.Label> labels) {
        labels.forEach(unit::declare);
        for (int i = 0; i <= steps.size(); i++) {
            for (var label : labels) {
                if (label.at() == i) {
                    code.labelBinding(unit.declare(label));
                }
            }
            if (i < steps.size()) {
                step(steps.get(i));
            }
        }
    }

    private void function(int slot, boolean captured, Node function) {
        if (!captured) {
            unit.declare(slot, false, expressions.value(function));
            return;
        }
        unit.cell(slot, () -> unit.push(NIL));
        var made = expressions.value(function);
        cell(slot);
        put(made);
    }

    private void cell(int slot) {
        code.aload(unit.o(slot)).checkcast(Names.CELL);
    }

    /// Puts a value in the cell on the operand stack.
    private void put(Operand value) {
        unit.push(value);
        code.invokevirtual(Names.CELL, "put", Names.withPairs(Names.VOID, 1));
    }

    private void many(List<Form.Variable> variables, Values values) {
        var all = each(values, variables.size(), NOWHERE);
        for (int i = 0; i < variables.size(); i++) {
            unit.declare(variables.get(i).slot(), variables.get(i).captured(), all.get(i));
        }
    }

    /// Evaluates to so many values, each of which stays what it is.
    ///
    /// @param place where the frame notes what the last expression gives
    private List<Operand> each(Values values, int count, int place) {
        var nodes = values.list();
        var all = new ArrayList<Operand>();
        if (values.isOpen() && nodes.size() <= count) {
            nodes.subList(0, nodes.size() - 1).forEach(node -> all.add(copied(node)));
            expressions.open(nodes.getLast());
            rest(all, count, place);
            return all;
        }
        nodes.forEach(node -> all.add(copied(node)));
        while (all.size() < count) {
            all.add(NIL);
        }
        return all;
    }

    private Operand copied(Node node) {
        var value = expressions.value(node);
        if (value instanceof Operand.Numeral || value instanceof Operand.Thing) {
            return value;
        }
        if (value instanceof Operand.Plain(int d)) {
            int copy = unit.freshNumber();
            code.dload(d).dstore(copy);
            return new Operand.Plain(copy);
        }
        var copy = unit.freshPair();
        unit.copy(value, copy);
        return copy;
    }

    /// Takes what the last expression gave off the operand stack, as far as it is wanted.
    private void rest(List<Operand> all, int count, int place) {
        if (all.size() == count - 1) {
            all.add(expressions.first());
            unit.note(place, all.getLast());
            return;
        }
        int given = unit.freshNumber();
        int multi = unit.freshInt();
        code.dstore(given).aload(unit.state).dload(given);
        code.invokevirtual(Names.STATE, "all", Names.type(Names.MULTI, Names.DOUBLE));
        code.astore(multi);
        unit.note(place, multi);
        for (int i = 0; all.size() < count; i++) {
            all.add(of(multi, i));
        }
    }

    /// One of several values.
    Operand.Pair of(int multi, int at) {
        var value = unit.freshPair();
        code.aload(multi).loadConstant(at);
        code.invokestatic(Names.LISTS, "number", Names.type(Names.DOUBLE, Names.MULTI, Names.INT))
                .dstore(value.d());
        code.aload(multi).loadConstant(at);
        code.invokestatic(Names.LISTS, "object", Names.type(Names.OBJECT, Names.MULTI, Names.INT))
                .astore(value.o());
        return value;
    }

    private void assign(Form.Place place, Node value) {
        switch (place) {
            case Form.Place.Local(int slot) -> unit.assign(slot, expressions.value(value));
            case Form.Place.Captured _, Form.Place.Upvalue _, Form.Place.Global _ ->
                    assign(place, List.of(), expressions.value(value));
            case Form.Place.Field _, Form.Place.Item _ -> {
                var before = before(place);
                assign(place, before, expressions.value(value));
            }
        }
    }

    private void assign(List<Form.Place> places, Values values, int place) {
        var before = places.stream().map(this::before).toList();
        var all = each(values, places.size(), place);
        for (int i = places.size() - 1; i >= 0; i--) {
            assign(places.get(i), before.get(i), all.get(i));
        }
    }

    /// What has to be known before the value is.
    private List<Operand> before(Form.Place place) {
        return switch (place) {
            case Form.Place.Field(var object, _) -> List.of(copied(object));
            case Form.Place.Item(var object, var key, _) -> {
                var table = copied(object);
                yield List.of(table, copied(key));
            }
            default -> List.of();
        };
    }

    private void assign(Form.Place place, List<Operand> before, Operand value) {
        switch (place) {
            case Form.Place.Local(int slot) -> unit.assign(slot, value);
            case Form.Place.Captured(int slot) -> {
                cell(slot);
                put(value);
            }
            case Form.Place.Upvalue(int index) -> {
                expressions.upvalue(index);
                put(value);
            }
            case Form.Place.Global(var does) -> put(does, Names.PUT_GLOBAL, before, value);
            case Form.Place.Field(_, var does) -> put(does, Names.PUT_FIELD, before, value);
            case Form.Place.Item(_, _, var does) -> put(does, Names.PUT_ITEM, before, value);
        }
    }

    private void put(Object does, ClassDesc type, List<Operand> before, Operand value) {
        unit.pool.load(code, does, type);
        code.aload(unit.frame);
        before.forEach(unit::push);
        unit.push(value);
        code.invokeinterface(
                type, "put", Names.withPairs(Names.VOID, before.size() + 1, Names.FRAME));
    }

    private void choice(List<Form.Branch> branches, Step otherwise) {
        var done = code.newLabel();
        for (var branch : branches) {
            var next = code.newLabel();
            expressions.conditions().jump(branch.condition(), false, next);
            step(branch.block());
            code.goto_(done);
            code.labelBinding(next);
        }
        step(otherwise);
        code.labelBinding(done);
    }

    private void give(Values values) {
        if (values.list().isEmpty()) {
            code.aload(unit.state).getstatic(Names.MULTI, "NONE", Names.MULTI);
        } else {
            int all = expressions.calls().multi(values, List.of());
            code.aload(unit.state).aload(all);
        }
        code.putfield(Names.STATE, "out", Names.OBJECT);
        unit.tag();
        unit.ending().give(unit);
    }

    private void tail(Node call) {
        var now = code.newLabel();
        expressions.calls().last(call);
        code.ifeq(now);
        unit.ending().tail(unit);
        code.labelBinding(now);
        code.aload(unit.frame).getfield(Names.FRAME, "r", Names.DOUBLE);
        unit.ending().give(unit);
    }
}
