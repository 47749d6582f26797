package dev.sloth.lua.format;

import java.util.ArrayList;
import java.util.List;

/// Settles commas and semicolons, which change nothing: each comma stands right behind what it
/// follows, the last field of a table has one if and only if the brace stands on a line of its own,
/// and semicolons are gone but where Lua would take what follows for a call.
final class Tidying {
    private final List<Word> tidy = new ArrayList<>();
    private final Opened opened = new Opened();

    /// The latest token in `tidy`; -1 before the first.
    private int last = -1;

    /// The break that a word left behind which is gone or stands elsewhere now.
    private int carried;

    private boolean semicolon;

    Tidying(List<Word> words) {
        words.forEach(this::take);
    }

    List<Word> words() {
        return tidy;
    }

    private void take(Word given) {
        Word word = given.withBreaks(Math.max(given.breaks(), carried));
        carried = 0;
        if (word.isComment()) {
            tidy.add(word);
            return;
        }
        boolean inTable = opened.innermost().filter(Opened.Frame::isTable).isPresent();
        if (word.is(",") || (word.is(";") && inTable)) {
            carried = word.breaks();
            insert(Word.COMMA);
        } else if (word.is(";")) {
            carried = word.breaks();
            semicolon = true;
        } else {
            token(word, inTable && word.is("}"));
        }
    }

    private void token(Word word, boolean endsTable) {
        if (semicolon && word.is("(") && last >= 0) {
            insert(Word.mark(";"));
        }
        semicolon = false;
        if (endsTable) {
            lastComma(word.breaks() > 0);
        }
        tidy.add(word);
        last = tidy.size() - 1;
        var _ = opened.pass(last, word);
    }

    private void lastComma(boolean wanted) {
        Word before = tidy.get(last);
        if (wanted && !before.is(",") && !before.is("{")) {
            insert(Word.COMMA);
        } else if (!wanted && before.is(",")) {
            tidy.remove(last);
        }
    }

    /// Behind the latest token, before comments that follow it.
    private void insert(Word mark) {
        last++;
        tidy.add(last, mark);
    }
}
