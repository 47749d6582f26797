package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Every function of the library, called with every three of the values at the ends of what there
/// is, gives results or a Lua error: nothing that `pcall` does not catch.
class ExtremesTest {
    private static final String TEXT =
            """
            local values = {0, -1, 1.5, 2^31, 1e300, -1e300, 1/0, 0/0,
              '', 'x', '%d', '[', true, {1, 2}, function() end,
              setmetatable({}, {__index = function() return 'x' end}),
              coroutine.create(function() end), 'nil'}
            -- insert and move would shift 2^31 values, one by one
            local left_out = {print = true, insert = true, move = true}
            local calls = 0
            local function try(f)
              for _, a in ipairs(values) do
                if a == 'nil' then a = nil end
                pcall(f, a)
                for _, b in ipairs(values) do
                  if b == 'nil' then b = nil end
                  pcall(f, a, b)
                  for _, c in ipairs(values) do
                    if c == 'nil' then c = nil end
                    pcall(f, a, b, c)
                    calls = calls + 1
                  end
                end
              end
            end
            local function all(library)
              for name, f in pairs(library) do
                if type(f) == 'function' and not left_out[name] then try(f) end
              end
            end
            local base = {}
            for name, f in pairs(_G) do base[name] = f end
            base.setfenv, base.setmetatable, base.rawset = nil, nil, nil
            for _, library in ipairs{string, table, math, utf8, coroutine, os, base} do
              local copy = {}
              for name, f in pairs(library) do copy[name] = f end
              all(copy)
            end
            return calls
            """;

    @Test
    void no_function_throws_what_pcall_does_not_catch() {
        Budget budget = Budget.DEFAULT.withStringBytes(1 << 16).withMemoryBytes(64 << 20);
        try (Lua lua = Lua.newState(budget, Grants.NONE)) {
            Script script =
                    switch (Script.compile("t", TEXT.getBytes(StandardCharsets.UTF_8))) {
                        case Script.Outcome.Ready(Script ready) -> ready;
                        case Script.Outcome.Wrong(var errors) ->
                                throw new AssertionError(errors.toString());
                    };
            assertThat((double) lua.run(script).getFirst()).isGreaterThan(300_000);
        }
    }
}
