package dev.sloth.lua.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.debug.DebugLimits;
import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.hot.Hot;
import dev.sloth.lua.value.LuaTable;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What nobody debugs has nothing of it.
class WovenTest {
    private static final byte[] TEXT =
            """
            local function f(a, ...)
                for i = 1, a do if i > 2 then break elseif i == 1 then a = i end end
                for k, v in pairs({ ... }) do local x = k end
                while a > 0 do a = a - 1 end
                repeat local y = a until y == 0
                return function() return a end
            end
            return f(1, 2)
            """
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    void a_script_that_is_not_watched_has_no_stops_and_no_larger_frames() throws Exception {
        var plain = proto(Compiler.compile("a", TEXT, Hot.CLASSES));
        try (var debugger = new Debugger(_ -> {}, DebugLimits.DEFAULT)) {
            var watched = proto(Compiler.compile("a", TEXT, debugger.observer()));
            assertThat(classes(watched)).contains("Woven$Body", "Woven$Statement", "Stop");
            assertThat(watched.slots).isEqualTo(plain.slots);
            assertThat(watched.objects).isEqualTo(plain.objects + 1);
        }
        assertThat(classes(plain)).contains("Steps$Declare", "Loops$While", "Proto");
        assertThat(classes(plain))
                .noneMatch(name -> name.startsWith("Woven") || name.equals("Stop"));
    }

    private static Proto proto(Compilation compiled) {
        if (compiled instanceof Compilation.Done(var script)
                && script.in(new LuaTable()) instanceof LuaClosure closure) {
            return closure.proto;
        }
        throw new AssertionError("does not compile: " + compiled);
    }

    /// The classes of this package that a function consists of.
    private static Set<String> classes(Proto from) throws IllegalAccessException {
        var names = new TreeSet<String>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<Object>();
        open.add(from);
        while (!open.isEmpty()) {
            var each = open.poll();
            if (!seen.add(each)) {
                continue;
            }
            if (each instanceof Object[] all) {
                for (int i = 0; i < all.length; i++) {
                    var element = Array.get(all, i);
                    if (element != null) {
                        open.add(element);
                    }
                }
            } else if (each.getClass().getPackageName().equals(Proto.class.getPackageName())) {
                names.add(each.getClass().getName().replaceFirst(".*\\.", ""));
                parts(each, open);
            }
        }
        return names;
    }

    private static void parts(Object of, ArrayDeque<Object> open) throws IllegalAccessException {
        for (Class<?> c = of.getClass();
                c != null && c != Object.class && c != Enum.class;
                c = c.getSuperclass()) {
            for (var field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    var value = field.get(of);
                    if (value != null) {
                        open.add(value);
                    }
                }
            }
        }
    }
}
