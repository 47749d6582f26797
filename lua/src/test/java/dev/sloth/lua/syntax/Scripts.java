package dev.sloth.lua.syntax;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Small right scripts in plain Lua 5.1, to be read, broken and compared.
public final class Scripts {
    private Scripts() {}

    public static final List<String> ALL =
            List.of(
                    "",
                    "return 1",
                    "local a, b, c = 1, 2.5e3, 0x1F\nreturn a + b * c ^ 2 - -a % 7",
                    "local s = 'it\\'s' .. \"x\\n\\065\" .. [[long\nstring]] .. [==[a]]b]==]\nprint(s)",
                    "-- comment\n--[[ long\ncomment ]] print(1) --[==[ ]] ]==] print(2)",
                    "if a then b() elseif c then d() else e() end",
                    "while x < 10 do x = x + 1 if x == 5 then break end end",
                    "repeat local l = f() until l ~= nil and not g(l)",
                    "for i = 1, 10 do print(i) end for i = 10, 1, -1 do f(i) end",
                    "for k, v in pairs({1, 2, x = 3, ['y'] = 4; 5}) do t[k] = v end",
                    "local function fact(n) if n == 0 then return 1 end return n * fact(n - 1) end",
                    "function a.b.c:d(x, y, ...) return self, select('#', ...), ... end",
                    "local f = function(...) local t = {...} return #t end\nreturn f(1, 2, 3)",
                    "a.b['c'].d = e:f 'g' {h = 1} (2)",
                    "x, y, z = y, z, x",
                    "do local a <= b end".replace("<= b", "= b <= c"),
                    "return a and b or not c, a == b, a ~= b, a < b, a > b, a <= b, a >= b",
                    "local mt = {__index = function(t, k) return k .. '!' end}\n"
                            + "print(setmetatable({}, mt).hello)",
                    "print(('x'):rep(3), #'abc', -2 ^ 2, 2 ^ -1, not nil)",
                    "local t = {\n  name = 'build',\n  run = function(ctx)\n    return true, 'ok'\n"
                            + "  end,\n  after = {'a', 'b'},\n}\nreturn t",
                    "workflow('deploy', {\n  tasks = {\n    task 'one' {cmd = 'ls'},\n"
                            + "    task 'two' {cmd = [[echo]]},\n  },\n})",
                    "local ok, err = pcall(function() error({code = 1}) end)\n"
                            + "if not ok then print(err.code) end",
                    "do do do return f() end end end",
                    "local co = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)",
                    "return {f()}, {f(), g()}, (f()), {[1] = 2, [f()] = g()}",
                    "a = b\nc = d\ne(f)\ng = h",
                    "local a = {}\nfor i = 1, #a do local b = a[i] a[i] = b.next or b end",
                    "return function() return function() return function() end end end",
                    "f{g{h{i = {j = k}}}}",
                    "x = 1 y = 2 local z = x .. y .. 'end' return z",
                    "return 1e5, .5, 3., 0xA, 1E-2, 7e+3",
                    "local s = '\u00e4\u20ac' -- \u00fc\nreturn s, '\\\\', \"\\\"\", '\\\n'");

    public static List<byte[]> bytes() {
        return ALL.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
