package dev.sloth.lua.format;

import java.util.List;
import java.util.Optional;

/// Writes words with the breaks, indentation and spaces that our style wants.
///
/// A line is indented by one step more than the line on which the innermost open thing was opened,
/// so that several things opened on one line count once; a line that goes on with what began above
/// it gets one step more.
final class Layout {
    private static final int STEP = 4;

    private final List<Word> words;
    private final Nesting nesting;
    private final Opened opened = new Opened();
    private final StringBuilder out = new StringBuilder();
    private final Trailing trailing = new Trailing();

    /// Where the line begins that is being written, and how many are before it.
    private int lineStart;

    private int line;

    /// The indentation of the line that each word stands on.
    private final int[] indents;

    /// Of each word the index of itself, or of the next that is no comment.
    private final int[] tokens;

    private int indent;

    /// The latest token; -1 before the first.
    private int lastToken = -1;

    /// Whether the latest token is an operator with one operand.
    private boolean sign;

    /// The latest token behind which statements begin; -1 before the first.
    private int opener = -1;

    private boolean lineHasToken;

    Layout(List<Word> words, Nesting nesting) {
        this.words = words;
        this.nesting = nesting;
        this.indents = new int[words.size()];
        this.tokens = tokens(words);
    }

    private static int[] tokens(List<Word> words) {
        int[] tokens = new int[words.size()];
        int next = words.size();
        for (int i = words.size() - 1; i >= 0; i--) {
            next = words.get(i).isComment() ? next : i;
            tokens[i] = next;
        }
        return tokens;
    }

    String written() {
        for (int i = 0; i < words.size(); i++) {
            part(i);
            write(i);
        }
        if (!words.isEmpty()) {
            out.append('\n');
        }
        return trailing.align(out);
    }

    private void part(int i) {
        int breaks = i == 0 ? 0 : breaks(i);
        if (breaks > 0) {
            append("\n".repeat(breaks));
            indent = indent(i);
            out.repeat(' ', indent);
            lineHasToken = false;
        } else if (i > 0 && Gaps.between(words.get(i - 1), words.get(i), sign)) {
            out.append(' ');
        }
    }

    private void write(int i) {
        Word word = words.get(i);
        if (word.endsLine() && lineHasToken) {
            int width = Words.width(out.substring(lineStart)) - 1;
            trailing.add(out.length(), line, width, word.column());
        }
        append(word.text());
        indents[i] = indent;
        if (word.isComment()) {
            return;
        }
        sign = isSign(word);
        lineHasToken = true;
        lastToken = i;
        if (opened.pass(i, word)) {
            opener = i;
        }
    }

    private void append(String text) {
        out.append(text);
        int last = text.lastIndexOf('\n');
        if (last >= 0) {
            lineStart = out.length() - text.length() + last + 1;
            line += (int) text.chars().filter(c -> c == '\n').count();
        }
    }

    private boolean isSign(Word word) {
        return word.is("#")
                || word.is("not")
                || (word.is("-") && (lastToken < 0 || !words.get(lastToken).endsOperand()));
    }

    // ---- breaks

    /// How many line breaks part a word from the one before.
    private int breaks(int i) {
        Word word = words.get(i);
        int wanted = Math.max(word.breaks(), words.get(i - 1).endsLine() ? 1 : 0);
        Optional<Opened.Frame> frame = opened.innermost();
        if (frame.isPresent() && frame.get().isEndedBy(word)) {
            return breaksBeforeEnd(i, frame.get(), wanted);
        }
        boolean inBlock = frame.map(Opened.Frame::inBody).orElse(true);
        if (word.starts() && inBlock && frame.map(nesting::isBroken).orElse(true)) {
            wanted = Math.max(wanted, lineHasToken ? 1 : 0);
        }
        return isFirst(i, frame) ? Math.min(wanted, 1) : wanted;
    }

    private int breaksBeforeEnd(int i, Opened.Frame frame, int wanted) {
        if (frame.isBracket()) {
            return frame.index() == i - 1 ? 0 : Math.min(wanted, 1);
        }
        return frame.inBody() && nesting.isBroken(frame) ? 1 : Math.min(wanted, 1);
    }

    /// Whether a word is the first within something: no blank line stands there.
    private boolean isFirst(int i, Optional<Opened.Frame> frame) {
        return opener == i - 1 || frame.filter(f -> f.index() == i - 1).isPresent();
    }

    // ---- indentation

    private int indent(int i) {
        Optional<Opened.Frame> frame = opened.innermost();
        int base = frame.map(f -> indents[f.index()]).orElse(0);
        int content = frame.isPresent() ? base + STEP : 0;
        int token = tokens[i];
        if (token == words.size()) {
            return content;
        }
        boolean ends = frame.filter(f -> f.isEndedBy(words.get(token))).isPresent();
        if (ends) {
            return words.get(i).isComment() ? content : base;
        }
        boolean begins = frame.map(f -> begins(f, token)).orElse(words.get(token).starts());
        return begins ? content : content + STEP;
    }

    /// Whether a token begins something of its own: a statement, or an element within brackets. The
    /// rest of a condition is its only element.
    private boolean begins(Opened.Frame frame, int token) {
        if (frame.isBracket()) {
            return frame.index() == lastToken || words.get(lastToken).is(",");
        }
        return !frame.inBody() || words.get(token).starts();
    }
}
