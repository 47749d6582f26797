package dev.sloth.lua.vm;

/// An operand after which others are evaluated: what it gives is noted in the frame, where walks
/// over what is alive see it. It stays there until something else is noted in its place, as a value
/// does in a register of Lua's own machine.
abstract sealed class Held extends Node {
    final Node operand;
    private final int place;

    private Held(Node operand, int place) {
        this.operand = operand;
        this.place = place;
    }

    /// The operand with its place. Those that are held most often are known by their class, so that
    /// it costs no further call of a method that could be any.
    static Held of(Node operand, int place) {
        return switch (operand) {
            case Indexes.Field field -> new OfField(field, place);
            case CallNodes.Call call -> new OfCall(call, place);
            default -> new OfAny(operand, place);
        };
    }

    final double noted(Frame f, double d) {
        if (Double.isNaN(d)) {
            f.o[place] = f.s.out;
        }
        return d;
    }

    @Override
    final String kind() {
        return operand.kind();
    }

    @Override
    final String name() {
        return operand.name();
    }

    @Override
    public final Shape shape() {
        return new Shape.Held(operand, place);
    }

    private static final class OfField extends Held {
        private final Indexes.Field field;

        OfField(Indexes.Field field, int place) {
            super(field, place);
            this.field = field;
        }

        @Override
        double exec(Frame f) {
            return noted(f, field.exec(f));
        }
    }

    private static final class OfCall extends Held {
        private final CallNodes.Call call;

        OfCall(CallNodes.Call call, int place) {
            super(call, place);
            this.call = call;
        }

        @Override
        double exec(Frame f) {
            return noted(f, f.s.first(call.multi(f)));
        }
    }

    private static final class OfAny extends Held {
        OfAny(Node operand, int place) {
            super(operand, place);
        }

        @Override
        double exec(Frame f) {
            return noted(f, operand.exec(f));
        }
    }
}
