package dev.sloth.lua.vm;

/// An operand after which others are evaluated: what it gives is noted in the frame, where walks
/// over what is alive see it. It stays there until something else is noted in its place, as a value
/// does in a register of Lua's own machine.
final class Held extends Node {
    private final Node operand;
    private final int place;

    Held(Node operand, int place) {
        this.operand = operand;
        this.place = place;
    }

    @Override
    double exec(Frame f) {
        double d = operand.exec(f);
        if (Double.isNaN(d)) {
            f.o[place] = f.s.out;
        }
        return d;
    }

    @Override
    String kind() {
        return operand.kind();
    }

    @Override
    String name() {
        return operand.name();
    }

    @Override
    public Shape shape() {
        return new Shape.Held(operand, place);
    }
}
