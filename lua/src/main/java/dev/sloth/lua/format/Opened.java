package dev.sloth.lua.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What is open at a place in the words: brackets, and constructs such as `if` and `function`.
/// Trusts that the words parse.
final class Opened {
    private final Deque<Frame> frames = new ArrayDeque<>();

    /// Something that is open since a word.
    static final class Frame {
        private final int index;
        private final Word word;

        /// Of a construct: whether statements follow, rather than its condition or parameters.
        private boolean inBody;

        private Frame(int index, Word word, boolean inBody) {
            this.index = index;
            this.word = word;
            this.inBody = inBody;
        }

        /// The index of the word that opened it.
        int index() {
            return index;
        }

        boolean isBracket() {
            return word.opensBracket();
        }

        boolean isTable() {
            return word.is("{");
        }

        boolean inBody() {
            return inBody;
        }

        /// Whether a word ends it, or the part of it that is open now.
        boolean isEndedBy(Word next) {
            if (isBracket()) {
                return next.closesBracket();
            }
            return inBody
                    ? next.closesBlock()
                    : !word.is("function") && (next.is("then") || next.is("do"));
        }
    }

    Optional<Frame> innermost() {
        return Optional.ofNullable(frames.peek());
    }

    /// Goes behind a word.
    ///
    /// @return whether statements begin behind it
    boolean pass(int index, Word word) {
        if (word.opensBracket()) {
            push(index, word, false);
        } else if (word.closesBracket()) {
            return close(word);
        } else if (word.opensConstruct()) {
            boolean body = word.is("repeat");
            push(index, word, body);
            return body;
        } else if (word.is("do") && isAlone()) {
            push(index, word, true);
            return true;
        } else if (word.is("end") || word.is("until")) {
            frames.pop();
        } else if (word.is("elseif")) {
            frames.element().inBody = false;
        } else if (word.is("then") || word.is("do") || word.is("else")) {
            frames.element().inBody = true;
            return true;
        }
        return false;
    }

    private void push(int index, Word word, boolean inBody) {
        frames.push(new Frame(index, word, inBody));
    }

    /// The first brackets of a function are those of its parameters.
    private boolean close(Word word) {
        frames.pop();
        Frame outer = frames.peek();
        if (outer != null && outer.word.is("function") && !outer.inBody && word.is(")")) {
            outer.inBody = true;
            return true;
        }
        return false;
    }

    /// Whether a `do` here belongs to no loop.
    private boolean isAlone() {
        Frame frame = frames.peek();
        return frame == null || frame.inBody || frame.isBracket();
    }
}
