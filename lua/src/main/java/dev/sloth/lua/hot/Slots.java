package dev.sloth.lua.hot;

import dev.sloth.lua.vm.Form;
import dev.sloth.lua.vm.Node;
import dev.sloth.lua.vm.Proto;
import dev.sloth.lua.vm.Shape;
import dev.sloth.lua.vm.Step;
import dev.sloth.lua.vm.Values;
import java.util.BitSet;

/// Which variables a piece of a function declares, uses and assigns to.
final class Slots {
    final BitSet declared = new BitSet();
    final BitSet used = new BitSet();
    final BitSet assigned = new BitSet();

    static Slots of(Step step) {
        var slots = new Slots();
        slots.step(step);
        return slots;
    }

    /// Those that come from around the piece.
    BitSet outer() {
        var outer = (BitSet) used.clone();
        outer.or(assigned);
        outer.andNot(declared);
        return outer;
    }

    private void step(Step step) {
        switch (step.form()) {
            case Form.Call(var call) -> node(call);
            case Form.Declare(int slot, _, var value) -> {
                node(value);
                declared.set(slot);
            }
            case Form.DeclareFunction(int slot, _, var function) -> {
                declared.set(slot);
                node(function);
            }
            case Form.DeclareMany(var variables, var values) -> {
                values(values);
                variables.forEach(each -> declared.set(each.slot()));
            }
            case Form.Assign(var place, var value) -> {
                place(place);
                node(value);
            }
            case Form.AssignMany(var places, var values, _) -> {
                places.forEach(this::place);
                values(values);
            }
            case Form.Choice(var branches, var otherwise) -> {
                branches.forEach(each -> {
                    node(each.condition());
                    step(each.block());
                });
                step(otherwise);
            }
            case Form.While(var condition, var body) -> {
                node(condition);
                step(body);
            }
            case Form.Repeat(var body, var condition) -> {
                step(body);
                node(condition);
            }
            case Form.Numeric loop -> {
                node(loop.from());
                node(loop.to());
                node(loop.step());
                declared.set(loop.variable().slot());
                step(loop.body());
            }
            case Form.Generic loop -> {
                values(loop.values());
                loop.variables().forEach(each -> declared.set(each.slot()));
                step(loop.body());
            }
            case Form.Return(var values) -> values(values);
            case Form.ReturnOne(var value) -> node(value);
            case Form.TailCall(var call) -> node(call);
            case Form.Block(var steps, _) -> steps.forEach(this::step);
            case Form.Break _, Form.Goto _ -> {}
        }
    }

    private void place(Form.Place place) {
        switch (place) {
            case Form.Place.Local(int slot) -> assigned.set(slot);
            case Form.Place.Captured(int slot) -> used.set(slot);
            case Form.Place.Field(var object, _) -> node(object);
            case Form.Place.Item(var object, var key, _) -> {
                node(object);
                node(key);
            }
            case Form.Place.Upvalue _, Form.Place.Global _ -> {}
        }
    }

    private void values(Values values) {
        values.list().forEach(this::node);
    }

    private void node(Node node) {
        switch (node.shape()) {
            case Shape.Local(int slot) -> used.set(slot);
            case Shape.Captured(int slot) -> used.set(slot);
            case Shape.Unary(var operand, _) -> node(operand);
            case Shape.Binary(var left, var right, _) -> both(left, right);
            case Shape.Arithmetic(_, var left, var right, _) -> both(left, right);
            case Shape.Negation(var operand, _) -> node(operand);
            case Shape.Comparison(_, var left, var right, _) -> both(left, right);
            case Shape.Not(var operand) -> node(operand);
            case Shape.And(var left, var right) -> both(left, right);
            case Shape.Or(var left, var right) -> both(left, right);
            case Shape.Single(var inner) -> node(inner);
            case Shape.Held(var operand, _) -> node(operand);
            case Shape.Call call -> {
                node(call.callee());
                values(call.arguments());
            }
            case Shape.Method call -> {
                node(call.object());
                values(call.arguments());
            }
            case Shape.Join(var operands, _) -> operands.forEach(this::node);
            case Shape.Table(var entries) ->
                    entries.forEach(each -> both(each.key(), each.value()));
            case Shape.Function(var inner) -> captured(inner);
            case Shape.Numeral _,
                    Shape.Thing _,
                    Shape.Upvalue _,
                    Shape.Global _,
                    Shape.Varargs _ -> {}
        }
    }

    private void both(Node left, Node right) {
        node(left);
        node(right);
    }

    private void captured(Proto inner) {
        inner.captures().stream().filter(from -> from >= 0).forEach(used::set);
    }
}
