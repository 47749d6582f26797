package dev.sloth.lua.format;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Which constructs are broken over lines: those that the author broke anywhere, those with more
/// than one statement in a block, and those around them. The others stay on their line.
final class Nesting {
    private final BitSet broken = new BitSet();

    /// Whether the block that is open in a construct has a statement already.
    private final BitSet occupied = new BitSet();

    Nesting(List<Word> words) {
        Opened opened = new Opened();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            Optional<Opened.Frame> before = opened.innermost();
            if (before.isPresent()) {
                look(before.get(), word);
            }
            if (opened.pass(i, word)) {
                opened.innermost().ifPresent(frame -> occupied.clear(frame.index()));
            }
            if (before.isPresent()
                    && (word.closesBracket() || word.is("end") || word.is("until"))) {
                pass(before.get(), opened.innermost());
            }
        }
    }

    private void look(Opened.Frame frame, Word word) {
        if (word.breaks() > 0) {
            broken.set(frame.index());
        }
        if (word.starts() && frame.inBody()) {
            if (occupied.get(frame.index())) {
                broken.set(frame.index());
            }
            occupied.set(frame.index());
        }
    }

    /// What has a break within has one itself.
    private void pass(Opened.Frame closed, Optional<Opened.Frame> outer) {
        if (broken.get(closed.index())) {
            outer.ifPresent(frame -> broken.set(frame.index()));
        }
    }

    boolean isBroken(Opened.Frame construct) {
        return broken.get(construct.index());
    }
}
