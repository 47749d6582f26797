package dev.sloth.lua.hot;

import dev.sloth.lua.vm.Form;
import dev.sloth.lua.vm.Node;
import dev.sloth.lua.vm.Shape;
import dev.sloth.lua.vm.Step;
import java.util.BitSet;

/// Finds the variables that surely never hold anything but numbers: assumes it of all, and takes it
/// back from those to which something else is assigned, until nothing changes.
final class Numbers {
    private final BitSet others;
    private boolean changed;

    private Numbers(BitSet others) {
        this.others = others;
    }

    /// @param others slots that may hold anything from the beginning
    /// @return the slots that may hold anything
    static BitSet others(Step body, BitSet others) {
        var search = new Numbers((BitSet) others.clone());
        do {
            search.changed = false;
            search.step(body);
        } while (search.changed);
        return search.others;
    }

    private void other(int slot) {
        if (!others.get(slot)) {
            others.set(slot);
            changed = true;
        }
    }

    private void declared(Form.Variable variable, boolean number) {
        if (variable.captured() || !number) {
            other(variable.slot());
        }
    }

    private void step(Step step) {
        switch (step.form()) {
            case Form.Declare(int slot, boolean captured, Node value) ->
                    declared(new Form.Variable(slot, captured), isNumber(value));
            case Form.DeclareFunction(int slot, _, _) -> other(slot);
            case Form.DeclareMany(var variables, _) ->
                    variables.forEach(each -> declared(each, false));
            case Form.Assign(var place, var value) -> assigned(place, isNumber(value));
            case Form.AssignMany(var places, _, _) -> places.forEach(each -> assigned(each, false));
            case Form.Choice(var branches, var otherwise) -> {
                branches.forEach(each -> step(each.block()));
                step(otherwise);
            }
            case Form.While(_, var body) -> step(body);
            case Form.Repeat(var body, _) -> step(body);
            case Form.Numeric loop -> {
                declared(loop.variable(), true);
                step(loop.body());
            }
            case Form.Generic loop -> {
                loop.variables().forEach(each -> declared(each, false));
                step(loop.body());
            }
            case Form.Block(var steps, _) -> steps.forEach(this::step);
            case Form.Call _,
                    Form.Return _,
                    Form.ReturnOne _,
                    Form.TailCall _,
                    Form.Break _,
                    Form.Goto _ -> {}
        }
    }

    private void assigned(Form.Place place, boolean number) {
        if (!number && place instanceof Form.Place.Local(int slot)) {
            other(slot);
        }
    }

    private boolean isNumber(Node node) {
        return switch (node.shape()) {
            case Shape.Numeral _ -> true;
            case Shape.Local(int slot) -> !others.get(slot);
            case Shape.Arithmetic a -> isNumber(a.left()) && isNumber(a.right());
            case Shape.Negation(var operand, _) -> isNumber(operand);
            case Shape.Single(var inner) -> isNumber(inner);
            case Shape.Held(var operand, _) -> isNumber(operand);
            case Shape.And(var left, var right) -> isNumber(left) && isNumber(right);
            case Shape.Or(var left, _) -> isNumber(left);
            default -> false;
        };
    }
}
