package dev.sloth.lua.vm;

import java.util.ArrayList;
import java.util.List;

/// Operands in the order in which they are evaluated, while they are compiled. One that waits for
/// others has a place in the frame: what a script keeps in the middle of an expression counts as
/// its memory, too.
final class Operands {
    private final FunctionScope scope;
    private final int taken;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    Operands(FunctionScope scope) {
        this.scope = scope;
        this.taken = scope.taken();
    }

    /// Adds the next one; to be called before the one after it is compiled.
    void add(Node node) {
        nodes.add(node);
        places.add(scope.place());
    }

    /// Ends the list, and gives its places back.
    ///
    /// @param more whether something may run before what they gave is used
    List<Node> done(boolean more) {
        scope.release(taken);
        boolean waits = more;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            boolean open = i == nodes.size() - 1 && node.isOpen();
            if (waits && !open && !node.isSafe()) {
                nodes.set(i, Held.of(node, scope.need(places.get(i))));
            }
            waits |= node.isBusy();
        }
        return nodes;
    }
}
