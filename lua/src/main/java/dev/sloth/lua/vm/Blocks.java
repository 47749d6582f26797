package dev.sloth.lua.vm;

import java.util.List;

/// Statements one after the other.
final class Blocks {
    private Blocks() {}

    static Step of(Step[] steps, Label[] labels) {
        if (labels.length > 0) {
            return new Labelled(steps, labels);
        }
        return steps.length == 1 ? steps[0] : new Plain(steps);
    }

    private static final class Plain extends Step {
        private final Step[] steps;

        Plain(Step[] steps) {
            this.steps = steps;
        }

        @Override
        int run(Frame f) {
            for (Step step : steps) {
                int end = step.run(f);
                if (end != NEXT) {
                    return end;
                }
            }
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.Block(List.of(steps), List.of());
        }
    }

    private static final class Labelled extends Step {
        private final Step[] steps;
        private final Label[] labels;

        Labelled(Step[] steps, Label[] labels) {
            this.steps = steps;
            this.labels = labels;
        }

        @Override
        int run(Frame f) {
            int i = 0;
            while (i < steps.length) {
                int end = steps[i].run(f);
                if (end == NEXT) {
                    i++;
                    continue;
                }
                int landing = end == GOTO ? landing(f) : -1;
                if (landing < 0) {
                    return end;
                }
                i = landing;
                if (--f.s.fuel < 0) {
                    f.s.refuel();
                }
            }
            return NEXT;
        }

        @SuppressWarnings("ReferenceEquality") // labels are things, not names
        private int landing(Frame f) {
            for (Label label : labels) {
                if (label == f.jump) {
                    return label.at;
                }
            }
            return -1;
        }

        @Override
        public Form form() {
            return new Form.Block(List.of(steps), List.of(labels));
        }
    }
}
