package dev.sloth.dsl.bind;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Remembers which object of Lua stands for which object of the host, for as long as somebody holds
/// them: one and the same handle comes into Lua as one and the same value.
final class Twins {
    private final Map<Key, WeakReference<Object>> known = new HashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /// A host object by its identity.
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object target, ReferenceQueue<Object> gone) {
            super(target, gone);
            hash = System.identityHashCode(target);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            var mine = get();
            return mine != null && other instanceof Key key && key.refersTo(mine);
        }
    }

    /// The twin of a host object, made at the first asking.
    Object of(Object target, Supplier<Object> first) {
        forgetTheGone();
        var key = new Key(target, gone);
        var reference = known.get(key);
        var twin = reference == null ? null : reference.get();
        if (twin == null) {
            twin = first.get();
            known.remove(key);
            known.put(key, new WeakReference<>(twin));
        }
        return twin;
    }

    private void forgetTheGone() {
        for (var each = gone.poll(); each != null; each = gone.poll()) {
            if (each instanceof Key key) {
                known.remove(key);
            }
        }
    }
}
