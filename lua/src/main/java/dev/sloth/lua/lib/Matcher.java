package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import java.util.Arrays;

/// Matches one pattern against one subject by backtracking on a stack of its own.
///
/// Every step is counted against the state's budget and the kill flag is looked at every few
/// thousand, since some patterns take longer than anyone can wait. The stack holds at most one
/// entry per pattern item.
final class Matcher {
    static final int CAPTURES_MAX = 32;

    /// Pattern items that may wait to be tried again.
    static final int CHOICES_MAX = 200_000;

    /// Steps between two looks at the kill flag.
    static final int STEPS_BETWEEN_CHECKS = 4_096;

    private static final int OPEN_END = -1;
    private static final int POSITION = -2;
    private static final int FRAME = 3;

    private final LuaState state;
    private final Pattern pattern;
    private final byte[] subject;
    private final int end;

    private int level;
    private final int[] captureStart = new int[CAPTURES_MAX];
    private final int[] captureLength = new int[CAPTURES_MAX];
    private int[] stack = new int[8 * FRAME];
    private int depth;
    private int fuel = STEPS_BETWEEN_CHECKS;

    Matcher(LuaState state, Pattern pattern, LuaString subject) {
        this.state = state;
        this.pattern = pattern;
        this.subject = subject.bytes();
        this.end = subject.length();
    }

    /// The first place from `from` on where the pattern matches, or -1; [#matchEnd] has its end.
    int find(int from) {
        if (pattern.anchored) {
            matchEnd = matchAt(from);
            return matchEnd < 0 ? -1 : from;
        }
        int first = pattern.first;
        for (int at = from; at <= end; at++) {
            if (first >= 0) {
                at = skipTo(first, at);
                if (at == end) {
                    return -1;
                }
            }
            matchEnd = matchAt(at);
            if (matchEnd >= 0) {
                return at;
            }
        }
        return -1;
    }

    private int matchEnd;

    int matchEnd() {
        return matchEnd;
    }

    private int skipTo(int pc, int from) {
        int at = from;
        while (at < end && !pattern.has(pc, subject[at] & 0xff)) {
            at++;
        }
        spend(at - from);
        return at;
    }

    /// The end of the match that starts at `start`, or -1.
    int matchAt(int start) {
        level = 0;
        depth = 0;
        int s = start;
        int pc = 0;
        while (true) {
            spend(1);
            int op = pattern.ops[pc];
            if (op == Pattern.ACCEPT) {
                return s;
            }
            int next = forward(op, pc, s);
            if (next >= 0) {
                s = next;
                pc++;
                continue;
            }
            int choice = retry();
            if (choice < 0) {
                return -1;
            }
            s = choice;
            pc = resumeAt;
        }
    }

    private int resumeAt;

    /// Tries the item at `pc` at place `s`: the place after it, or -1.
    private int forward(int op, int pc, int s) {
        return switch (op) {
            case Pattern.SINGLE -> s < end && pattern.has(pc, subject[s] & 0xff) ? s + 1 : -1;
            case Pattern.STAR -> greedy(pc, s, 0);
            case Pattern.PLUS -> greedy(pc, s, 1);
            case Pattern.LAZY -> {
                push(pc, s, 0);
                yield s;
            }
            case Pattern.OPTIONAL -> optional(pc, s);
            case Pattern.OPEN -> open(pc, s, OPEN_END);
            case Pattern.OPEN_POSITION -> open(pc, s, POSITION);
            case Pattern.CLOSE -> close(pc, s);
            case Pattern.BACK_REFERENCE -> backReference(pattern.arguments[pc], s);
            case Pattern.BALANCE -> balance(pattern.arguments[pc], s);
            case Pattern.FRONTIER -> frontier(pc, s) ? s : -1;
            case Pattern.AT_END -> s == end ? s : -1;
            case Pattern.MALFORMED -> throw state.error(pattern.complaint);
            default -> throw new IllegalStateException("no such instruction: " + op);
        };
    }

    private int greedy(int pc, int s, int least) {
        int at = s;
        while (at < end && pattern.has(pc, subject[at] & 0xff)) {
            at++;
        }
        spend(at - s);
        if (at - s < least) {
            return -1;
        }
        if (at - s > least) {
            push(pc, s + least, at);
        }
        return at;
    }

    private int optional(int pc, int s) {
        if (s < end && pattern.has(pc, subject[s] & 0xff)) {
            push(pc, s, 0);
            return s + 1;
        }
        return s;
    }

    private int open(int pc, int s, int length) {
        if (level >= CAPTURES_MAX) {
            throw state.error("too many captures");
        }
        captureStart[level] = s;
        captureLength[level] = length;
        level++;
        push(pc, 0, 0);
        return s;
    }

    private int close(int pc, int s) {
        int l = level - 1;
        while (l >= 0 && captureLength[l] != OPEN_END) {
            l--;
        }
        if (l < 0) {
            throw state.error("invalid pattern capture");
        }
        captureLength[l] = s - captureStart[l];
        push(pc, l, 0);
        return s;
    }

    private int backReference(int l, int s) {
        if (l < 0 || l >= level || captureLength[l] == OPEN_END) {
            throw state.error("invalid capture index");
        }
        int length = captureLength[l];
        if (length == POSITION || length > end - s) {
            return -1;
        }
        spend(length);
        int from = captureStart[l];
        return Arrays.equals(subject, from, from + length, subject, s, s + length)
                ? s + length
                : -1;
    }

    private int balance(int pair, int s) {
        int opener = pair >>> 8;
        int closer = pair & 0xff;
        if (s >= end || (subject[s] & 0xff) != opener) {
            return -1;
        }
        int open = 1;
        for (int at = s + 1; at < end; at++) {
            spend(1);
            int c = subject[at] & 0xff;
            if (c == closer) {
                if (--open == 0) {
                    return at + 1;
                }
            } else if (c == opener) {
                open++;
            }
        }
        return -1;
    }

    private boolean frontier(int pc, int s) {
        int before = s == 0 ? 0 : subject[s - 1] & 0xff;
        int here = s == end ? 0 : subject[s] & 0xff;
        return !pattern.has(pc, before) && pattern.has(pc, here);
    }

    /// Undoes the latest choice that has another way: its place, with [#resumeAt]; or -1.
    private int retry() {
        while (depth > 0) {
            int base = depth - FRAME;
            int pc = stack[base];
            int op = pattern.ops[pc];
            resumeAt = pc + 1;
            if (op == Pattern.STAR || op == Pattern.PLUS) {
                int at = --stack[base + 2];
                if (at == stack[base + 1]) {
                    depth = base;
                }
                return at;
            }
            if (op == Pattern.LAZY) {
                int at = stack[base + 1];
                if (at < end && pattern.has(pc, subject[at] & 0xff)) {
                    stack[base + 1] = at + 1;
                    return at + 1;
                }
                depth = base;
                continue;
            }
            depth = base;
            if (op == Pattern.OPTIONAL) {
                return stack[base + 1];
            }
            if (op == Pattern.CLOSE) {
                captureLength[stack[base + 1]] = OPEN_END;
            } else {
                level--;
            }
        }
        return -1;
    }

    private void push(int pc, int a, int b) {
        if (depth == stack.length) {
            if (depth >= CHOICES_MAX * FRAME) {
                throw state.error("pattern too complex");
            }
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth] = pc;
        stack[depth + 1] = a;
        stack[depth + 2] = b;
        depth += FRAME;
    }

    private void spend(int steps) {
        fuel -= steps;
        if (fuel < 0) {
            state.check(STEPS_BETWEEN_CHECKS - fuel);
            fuel = STEPS_BETWEEN_CHECKS;
        }
    }

    /// How many values the latest match gives: its captures, or the whole of it.
    int results() {
        return level == 0 ? 1 : level;
    }

    int captures() {
        return level;
    }

    /// Value `i` (from 0) of the match from `start` to `matchEnd`: the number half; the object half
    /// lies in the state's `out`.
    double capture(int i, int start, int stop) {
        if (i >= level) {
            if (i != 0) {
                throw state.error("invalid capture index");
            }
            return state.ret(part(start, stop));
        }
        int length = captureLength[i];
        if (length == OPEN_END) {
            throw state.error("unfinished capture");
        }
        int from = captureStart[i];
        if (length == POSITION) {
            state.out = LuaNil.NIL;
            return from + 1.0;
        }
        return state.ret(part(from, from + length));
    }

    private LuaString part(int from, int to) {
        state.charge(to - from);
        return LuaString.ofBytes(Arrays.copyOfRange(subject, from, to));
    }

    /// All values of the latest match, as a call returns them.
    double captures(int start, int stop) {
        int n = results();
        if (n == 1) {
            return capture(0, start, stop);
        }
        double[] d = new double[n];
        Object[] o = new Object[n];
        fill(d, o, 0, n, start);
        return state.multi(d, o, n);
    }

    /// Writes the first `n` captures of the latest match into `d` and `o` from index `at` on.
    void fill(double[] d, Object[] o, int at, int n, int start) {
        for (int i = 0; i < n; i++) {
            d[at + i] = capture(i, start, matchEnd);
            o[at + i] = LuaValues.isNumber(d[at + i]) ? LuaNil.NIL : state.out;
        }
    }
}
