package dev.sloth.lua.vm;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A compiled function, immutable and shared by all states but for hints in its nodes, whose races
/// do no harm.
public final class Proto implements MemoryWalk.Visited, Imprint.Constant {
    private static final long BYTES = 360;
    private static final long BYTES_PER_TOKEN = 40;

    final String chunk;
    final String name;

    /// The lines where its text begins and ends; 0 for a whole script.
    final int firstLine;

    final int lastLine;
    final int params;
    final boolean varargs;
    final int slots;

    /// How many objects a frame has room for: the variables come first.
    final int objects;

    /// Slots of parameters that inner functions capture.
    final int[] capturedParams;

    /// Slots of parameters to which something is assigned.
    final int[] assignedParams;

    /// Where each captured variable comes from: the slot of the enclosing function's own variable,
    /// or `-1 - i` for its captured variable `i`.
    final int[] captures;

    final Site[] sites;
    final Step body;
    private final Promoter promoter;
    private int calls;
    @Nullable Code code;
    private final int tokens;
    private final Promotions promotions;

    Proto(
            String chunk,
            String name,
            int firstLine,
            int lastLine,
            int params,
            boolean varargs,
            int slots,
            int objects,
            int[] capturedParams,
            int[] assignedParams,
            int[] captures,
            Site[] sites,
            Step body,
            int tokens,
            Promoter promoter,
            Promotions promotions) {
        this.chunk = chunk;
        this.name = name;
        this.firstLine = firstLine;
        this.lastLine = lastLine;
        this.params = params;
        this.varargs = varargs;
        this.slots = slots;
        this.objects = objects;
        this.capturedParams = capturedParams;
        this.assignedParams = assignedParams;
        this.captures = captures;
        this.sites = sites;
        this.body = body;
        this.tokens = tokens;
        this.promoter = promoter;
        this.promotions = promotions;
    }

    /// The name that messages have for it.
    public String name() {
        return name;
    }

    /// How many parameters it has.
    public int params() {
        return params;
    }

    /// How many variables it has at most at once.
    public int slots() {
        return slots;
    }

    /// How many objects a frame of it has room for: first its variables', then those that wait in
    /// the middle of expressions.
    public int objects() {
        return objects;
    }

    /// Whether it takes more arguments than that.
    public boolean varargs() {
        return varargs;
    }

    /// Slots of parameters that inner functions capture.
    public List<Integer> capturedParams() {
        return Arrays.stream(capturedParams).boxed().toList();
    }

    /// Slots of parameters to which something is assigned. What was given for each is kept in the
    /// frame behind the variables, in this order, as long as the call lasts: whoever calls still
    /// has it.
    public List<Integer> assignedParams() {
        return Arrays.stream(assignedParams).boxed().toList();
    }

    /// Where each captured variable comes from: the slot of the enclosing function's own variable,
    /// or `-1 - i` for its captured variable `i`.
    public List<Integer> captures() {
        return Arrays.stream(captures).boxed().toList();
    }

    /// What it does.
    public Step body() {
        return body;
    }

    /// Counts a call.
    ///
    /// @return what the function has become, if it is hot
    @Nullable Code called(LuaState s) {
        Code made = code;
        if (made != null) {
            return s.tiered ? made : null;
        }
        if (++calls < s.hotCalls) {
            return null;
        }
        calls = Integer.MIN_VALUE;
        s.charge(Code.BYTES);
        made = promotions.counted(promoter.function(this)).orElse(null);
        code = made;
        return made;
    }

    /// About what the compiled text takes; functions within it are in it.
    long bytes() {
        return BYTES + BYTES_PER_TOKEN * tokens;
    }

    @Override
    public long visit(MemoryWalk walk) {
        walk.see(promotions);
        return bytes();
    }
}
