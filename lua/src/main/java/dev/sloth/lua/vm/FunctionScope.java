package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.value.LuaString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is known of one function while its nodes are made.
final class FunctionScope {
    /// What all functions of a script share.
    static final class Script {
        final String name;
        final Resolver resolver;
        final Promoter promoter;
        final Promotions promotions;

        /// Who watches it, if somebody does.
        final Optional<Observer> observer;

        /// Lines at which it can be stopped.
        final SortedSet<Integer> lines = new TreeSet<>();

        private final int[] lineStarts;
        private final Map<LuaString, LuaString> strings = new HashMap<>();

        Script(
                String name,
                byte[] text,
                Resolver resolver,
                Promoter promoter,
                Promotions promotions,
                Optional<Observer> observer) {
            this.name = name;
            this.resolver = resolver;
            this.promoter = promoter;
            this.promotions = promotions;
            this.observer = observer;
            this.lineStarts = lineStarts(text);
        }

        private static int[] lineStarts(byte[] text) {
            int count = 1;
            for (byte b : text) {
                count += b == '\n' ? 1 : 0;
            }
            var starts = new int[count];
            int at = 1;
            for (int i = 0; i < text.length; i++) {
                if (text[i] == '\n') {
                    starts[at++] = i + 1;
                }
            }
            return starts;
        }

        /// The line of a byte of the text.
        int line(int offset) {
            int at = java.util.Arrays.binarySearch(lineStarts, offset);
            return at >= 0 ? at + 1 : -at - 1;
        }

        /// The script's one object for a string, so that equal constants are the same.
        LuaString string(LuaString text) {
            return strings.computeIfAbsent(text, t -> t);
        }
    }

    final Script script;
    final FunctionBody body;
    final Resolver.Owner owner;
    private final Optional<FunctionScope> outer;
    private final List<Site> sites = new ArrayList<>();
    private final List<Resolver.Variable> captures = new ArrayList<>();
    private final Deque<Map<String, Label>> labels = new ArrayDeque<>();
    private int nextPlace;
    private int places;

    FunctionScope(Script script, FunctionBody body, Optional<FunctionScope> outer) {
        this.script = script;
        this.body = body;
        this.owner = script.resolver.owner(body);
        this.outer = outer;
        site(body.span().line(), "", "");
    }

    int site(int line, String name, String kind) {
        sites.add(new Site(line, name, kind));
        return sites.size() - 1;
    }

    int site(int line) {
        return site(line, "", "");
    }

    /// The next place that is free for a value that has no variable. They are taken and given back
    /// as brackets are opened and closed: see [#release].
    int place() {
        return owner.slots() + nextPlace++;
    }

    /// How many places are taken.
    int taken() {
        return nextPlace;
    }

    /// Gives back all that were taken after `taken` were.
    void release(int taken) {
        nextPlace = taken;
    }

    /// Says that a place is needed.
    int need(int place) {
        places = Math.max(places, place + 1 - owner.slots());
        return place;
    }

    /// How many objects a frame has room for.
    int objects() {
        return owner.slots() + places;
    }

    Site[] sites() {
        return sites.toArray(Site[]::new);
    }

    @SuppressWarnings("ReferenceEquality") // owners are things
    boolean isOwn(Resolver.Variable variable) {
        return variable.owner == owner;
    }

    /// The place of an enclosing function's variable among those that this one captures.
    int capture(Resolver.Variable variable) {
        int known = captures.indexOf(variable);
        if (known >= 0) {
            return known;
        }
        captures.add(variable);
        return captures.size() - 1;
    }

    /// Where the enclosing function finds what this one captures, as [Proto#captures] says.
    int[] captures() {
        FunctionScope from = outer.orElseThrow();
        return captures.stream()
                .mapToInt(v -> from.isOwn(v) ? v.slot : -1 - from.capture(v))
                .toArray();
    }

    List<String> capturedNames() {
        return captures.stream().map(v -> v.name).toList();
    }

    Heat heat() {
        return new Heat(script.promoter, script.promotions, Compiler.name(this));
    }

    boolean isMain() {
        return outer.isEmpty();
    }

    void enter(Map<String, Label> blockLabels) {
        labels.push(blockLabels);
    }

    void leave() {
        labels.pop();
    }

    Label label(String name) {
        for (Map<String, Label> block : labels) {
            Label found = block.get(name);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException("the parser let a goto without label pass: " + name);
    }
}
