package dev.sloth.core.select;

/// Something that an agent has one of.
sealed interface Field {
    String of(Subject subject);

    String text();

    record Name() implements Field {
        @Override
        public String of(Subject subject) {
            return subject.name();
        }

        @Override
        public String text() {
            return "name";
        }
    }

    record Region() implements Field {
        @Override
        public String of(Subject subject) {
            return subject.region();
        }

        @Override
        public String text() {
            return "region";
        }
    }

    record Label(String name) implements Field {
        @Override
        public String of(Subject subject) {
            return subject.label(name);
        }

        @Override
        public String text() {
            return "labels." + name;
        }
    }
}
