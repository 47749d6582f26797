package dev.sloth.agent.mask;

/// Reads bytes, and tells where patterns end. Tools break the lines of what they encode wherever a
/// line is full, so beside the bytes as they stand it follows them without the ends of lines; but
/// only from the end of a line on, and for as long as a pattern may go across it.
final class Scan {
    /// What is shorter is not looked for across the end of a line: it would be found by chance.
    private static final int BROKEN_MIN = 8;

    /// More than one end of a line, such as an empty line, ends what is encoded.
    private static final int GAP_MAX = 2;

    private final Automaton automaton;
    private int state;

    /// As if there were no ends of lines; 0 when nothing goes across one.
    private int across;

    /// How many bytes came behind the last end of a line.
    private int since;

    /// How many signs of the end of a line came one behind the other.
    private int gap;

    private int hit;
    private int hitAcross;

    Scan(Automaton automaton) {
        this.automaton = automaton;
    }

    /// Reads on until a pattern ends.
    ///
    /// @return the place behind its last byte; `to` when none ends, then [#hits] is false
    int run(byte[] bytes, int from, int to) {
        int s = state;
        int at = from;
        hit = 0;
        hitAcross = 0;
        while (at < to) {
            if (s == 0 && across == 0) {
                at = automaton.skip(bytes, at, to);
                if (at == to) {
                    break;
                }
            }
            byte b = bytes[at++];
            if (b == '\n' || b == '\r') {
                across(s);
            } else {
                gap = 0;
                if (across != 0) {
                    goAcross(b);
                }
            }
            s = automaton.step(s, b);
            hit = automaton.longest(s);
            if (hit > 0 || hitAcross > 0) {
                break;
            }
        }
        state = s;
        return at;
    }

    private void across(int before) {
        gap++;
        since = 0;
        if (gap > GAP_MAX) {
            across = 0;
        } else if (across == 0) {
            across = before;
        }
    }

    private void goAcross(byte b) {
        across = automaton.step(across, b);
        since++;
        if (automaton.depth(across) <= since) {
            across = 0;
            return;
        }
        int longest = automaton.longest(across);
        hitAcross = longest > since && longest >= BROKEN_MIN ? longest : 0;
    }

    boolean hits() {
        return hit > 0 || hitAcross > 0;
    }

    /// Where the longest pattern begins that ends at this place; below 0 when that was before.
    int start(byte[] bytes, int end) {
        int start = end - hit;
        return hitAcross > 0 ? Math.min(start, back(bytes, end, hitAcross)) : start;
    }

    /// The first place that may belong to a pattern that is under way at this place.
    int open(byte[] bytes, int end) {
        int open = end - automaton.depth(state);
        return across == 0 ? open : Math.min(open, back(bytes, end, automaton.depth(across)));
    }

    /// Without the ends of lines between them, and those behind them.
    private static int back(byte[] bytes, int end, int count) {
        int left = count;
        int at = end;
        while (at > 0 && left > 0) {
            at--;
            if (bytes[at] != '\n' && bytes[at] != '\r') {
                left--;
            }
        }
        return at;
    }

    void restart() {
        state = 0;
        across = 0;
        since = 0;
        gap = 0;
    }
}
