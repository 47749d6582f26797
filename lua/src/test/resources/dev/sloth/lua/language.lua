-- one claim a line; each is a script that returns true
local i, q = 1, {} i, q[i] = i + 1, 20 return i == 2 and q[1] == 20 and q[2] == nil
local a, b, c = (function() return 1, 2, 3 end)() return a == 1 and b == 2 and c == 3
local a, b = ((function() return 1, 2 end)()) return a == 1 and b == nil
local a, b = 1, 2 a, b = b, a return a == 2 and b == 1
local x, y = 1 return x == 1 and y == nil
local function v(...) return select('#', ...) end return v(nil, nil) == 2 and v() == 0 and v((v(1, 2))) == 1
local function v(...) local a, b = ... return a, b, ... end local t = {v(1, nil, 3)} return t[1] == 1 and t[3] == 1 and t[5] == 3
local function two() return 1, 2 end local t = {two(), two()} return #t == 3
local t = {1, 2, n = 3, [10] = 4, 5} return #t == 3 and t.n == 3 and t[10] == 4 and t[3] == 5
local fs = {} for i = 1, 3 do fs[i] = function() i = i + 1 return i end end return fs[1]() == 2 and fs[1]() == 3 and fs[2]() == 3
local fs = {} local k = 1 while k <= 2 do local j = k fs[k] = function() j = j + 10 return j end k = k + 1 end return fs[1]() == 11 and fs[1]() == 21 and fs[2]() == 12
local r = {} repeat local z = #r + 1 r[z] = function() return z end until z == 3 return r[1]() == 1 and r[3]() == 3
local function mk(a) return function() a = a + 1 return a end, function() return a end end local inc, get = mk(1) inc() return get() == 2
local function f(n) if n == 0 then return true end return f(n - 1) end return f(1000000)
local t = setmetatable({}, {__call = function(_, n) if n == 0 then return true end return n end}) return t(0)
local a, b a = function(n) if n == 0 then return true end return b(n - 1) end b = function(n) return a(n) end return a(100000)
local n = 0 for i = 1, 5 do if i % 2 == 0 then goto continue end n = n + i ::continue:: end return n == 9
local i = 1 ::top:: if i < 10 then i = i + 1 goto top end return i == 10
for i = 1, 3 do for j = 1, 3 do if j == 2 then goto next end if j == 3 then return false end end ::next:: end return true
local fs, k = {}, 0 ::a:: local x = k fs[#fs + 1] = function() return x end k = k + 1 if k < 3 then goto a end return fs[1]() == 0 and fs[3]() == 2
local n = 0 for i = 10, 1, -3 do n = n + i end return n == 22
local n = 0 for i = 1, 0 do n = n + 1 end return n == 0
local n = 0 for i = 1, 2, 0.25 do n = n + 1 end return n == 5
local n = 0 for i = 1, 3 do local j = i i = 10 n = n + j end return n == 6
local n = 0 while true do n = n + 1 if n == 5 then break end end return n == 5
return (nil and 1) == nil and (false or nil) == nil and (1 and 2) == 2 and (nil or false) == false and not nil and not not 0
return 1 == 1.0 and "a" == "a" and "1" ~= 1 and "a" < "b" and "a" <= "a" and "Z" < "a" and not ("a" < "a\0" == false)
local n = 0/0 return n ~= n and not (n < n) and not (n <= n) and not (n > 1) and not (n == 0)
return 10 % 3 == 1 and -10 % 3 == 2 and 10 % -3 == -2 and 5.5 % 2 == 1.5 and 2 ^ 10 == 1024 and -2 ^ 2 == -4 and 2 ^ 3 ^ 2 == 512
return "10" + 1 == 11 and "0x10" * 2 == 32 and 10 .. 20 == "1020" and -"2" == -2 and " 5 " + 0 == 5
return tostring(1) == "1" and tostring(1.5) == "1.5" and tostring(1e15) == "1e+15" and tostring(1e100) == "1e+100" and tostring(2^53) == "9.007199254741e+15"
return tostring(1/3) == "0.33333333333333" and tostring(1e-5) == "1e-05" and tostring(5e-324) == "4.9406564584125e-324" and tostring(1/0) == "inf" and tostring(123456789012345) == "1.2345678901234e+14"
return tonumber("0x1F") == 31 and tonumber(" 12 ") == 12 and tonumber("1e2") == 100 and tonumber("abc") == nil and tonumber("") == nil and tonumber("1d") == nil and tonumber("10", 2) == 2
local mt = {__add = function(a, b) return "add" end, __concat = function() return "cat" end} local o = setmetatable({}, mt) return o + 1 == "add" and 1 + o == "add" and o .. "x" == "cat" and 1 .. o == "cat" and "a" .. "b" .. o .. "c" == "abcat"
local mt = {__eq = function() return true end} local a, b = setmetatable({}, mt), setmetatable({}, mt) return a == b and not (a ~= b) and not rawequal(a, b) and a ~= 1
local mt = {__lt = function(a, b) return a.v < b.v end} local a, b = setmetatable({v = 1}, mt), setmetatable({v = 2}, mt) return a < b and b > a and a <= b and not (a >= b)
local mt = {__unm = function() return 7 end, __len = function() return 42 end, __tostring = function() return "OBJ" end} local o = setmetatable({}, mt) return -o == 7 and #o == 0 and tostring(o) == "OBJ"
local o = setmetatable({}, {__call = function(self, ...) return select('#', ...), ... end}) local n, a = o(1, nil) return n == 2 and a == 1
local c = {} c.__index = c function c.new() return setmetatable({n = 0}, c) end function c:inc(k) self.n = self.n + (k or 1) return self end return c.new():inc():inc(5).n == 6
local b = {x = 1} local m = setmetatable({}, {__index = b}) local t = setmetatable({}, {__index = m}) return t.x == 1 and t.y == nil and rawget(t, "x") == nil
local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end}) t.a = 5 t.a = 6 return t.a == 6
local seen = {} local t = setmetatable({}, {__newindex = seen}) t.a = 5 return rawget(t, "a") == nil and seen.a == 5
local t = setmetatable({}, {__index = function(_, k) return k .. "!" end}) return t.zz == "zz!" and t[1] == "1!"
local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return pcall(function() return t[1] end) == false
local mt = {} local t = setmetatable({}, mt) local before = t.x mt.__index = function() return 5 end return before == nil and t.x == 5
local t = {} for i = 1, 10 do t[i] = i t["k" .. i] = i end local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end return n == 20 and next(t) == nil
local o, s = {z = 1, y = 2, x = 3}, "" o.w = 4 o.y = nil for k in pairs(o) do s = s .. k end return s == "zxw"
local t, s = {}, "" for i = 10, 1, -1 do t[i] = i end for k in pairs(t) do s = s .. k end return #t == 10 and s == "12345678910"
local t = {} for i = 1, 200 do t[i] = i end for i = 200, 1, -1 do t[i] = nil end return #t == 0 and next(t) == nil
local t = {1, 2, nil, 4} t[4] = nil return #t == 2
local t = {} t[1.5] = "a" t[-1] = "b" t[0] = "c" t[2^40] = "d" t[true] = "e" t[t] = "f" return t[1.5] == "a" and t[-1] == "b" and t[0] == "c" and t[2^40] == "d" and t[true] == "e" and t[t] == "f"
local t = {} t["a" .. "b"] = 1 return t.ab == 1 and t["ab"] == 1
local n = 0 for k, v in next, {1, 2, 3} do n = n + k * v end return n == 14
local n = 0 for i, v in ipairs({1, 2, nil, 4}) do n = n + v end return n == 3
local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) local c = coroutine.yield(b * 2) return c, "end" end) local _, x = coroutine.resume(co, 1) local _, y = coroutine.resume(co, 10) local _, z, e = coroutine.resume(co, "c") return x == 2 and y == 20 and z == "c" and e == "end" and coroutine.status(co) == "dead"
local co co = coroutine.wrap(function() local ok, v = pcall(function() local x = coroutine.yield(1) error("e" .. x, 0) end) return v end) co() return co("X") == "eX"
local co = coroutine.wrap(function() local t = setmetatable({}, {__add = function() return coroutine.yield("add") end, __index = function(_, k) return coroutine.yield(k) end}) return t + 1, t.foo end) return co() == "add" and co(5) == "foo" and select(2, co(6)) == 6
local co = coroutine.wrap(function() for k in function() return coroutine.yield("i") end do return k end end) return co() == "i" and co(7) == 7
local co = coroutine.wrap(function() local t = {3, 1, 2} table.sort(t, function(a, b) coroutine.yield("s") return a < b end) return t[1] .. t[2] .. t[3] end) local r repeat r = co() until r ~= "s" return r == "123"
local co co = coroutine.create(function() return coroutine.status(co), coroutine.running() == co, coroutine.resume(co) end) local _, s, r, ok, m = coroutine.resume(co) return s == "running" and r and ok == false and m:find("cannot resume") == 1
local ok, m = coroutine.resume(coroutine.create(function() error("in") end)) return ok == false and m == "test.lua:1: in"
local ok, e = coroutine.resume(coroutine.create(function() error({code = 3}) end)) return ok == false and e.code == 3
local ok, e = pcall(error) return ok == false and e == nil
local ok, e = pcall(error, {1}) return ok == false and e[1] == 1
local ok, e = xpcall(function() local x = nil; x.y = 1 end, function(m) return "H:" .. m end) return e == "H:test.lua:1: attempt to index a nil value (local 'x')"
local ok, e = xpcall(function() error("a") end, function() error("b") end) return ok == false and e == "error in error handling"
local ok, e = pcall(function() local function t() error("tail", 2) end return t() end) return e == "tail"
local function r(n) if n == 0 then return 0 end return 1 + r(n - 1) end return r(10000) == 10000 and coroutine.wrap(function() return r(10000) end)() == 10000
local s = 0 local function walk(t) for k, v in pairs(t) do if type(v) == "table" then walk(v) else s = s + v end end end walk({1, {2, {3, {4}}}, x = {5}}) return s == 15
