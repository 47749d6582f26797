-- What holds in Lua 5.1 and here: run it with lua5.1 too.
local function fails(expected, f, ...)
  local ok, err = pcall(f, ...)
  assert(not ok, "no error, but expected: " .. expected)
  err = tostring(err):gsub("^[^:]*:%d+: ", "")
  assert(err == expected, "got: " .. err .. "\nnot: " .. expected)
end
local function same(a, b) assert(a == b, tostring(a) .. " is not " .. tostring(b)) end

-- base
same(select("#", nil, nil), 2)
same(select(-1, 1, 2, 3), 3)
fails("bad argument #1 to 'select' (index out of range)", function() select(0) end)
same(tostring(nil), "nil") same(tostring(1e15), "1e+15") same(tostring(-0.5), "-0.5") same(tostring(2 ^ 31), "2147483648")
same(tonumber("0x10"), 16) same(tonumber(" 10 "), 10) same(tonumber("1e1"), 10) same(tonumber("z", 36), 35)
same(tonumber("8", 8), nil) same(tonumber(""), nil) same(tonumber("1 2"), nil)
fails("bad argument #2 to 'tonumber' (base out of range)", function() tonumber("1", 99) end)
same(rawequal("a", "a"), true) same(rawget(setmetatable({}, { __index = function() return 1 end }), 1), nil)
fails("bad argument #1 to 'ipairs' (table expected, got nil)", function() ipairs(nil) end)
fails("bad argument #1 to 'setmetatable' (table expected, got number)", function() setmetatable(1, {}) end)
fails("bad argument #2 to 'setmetatable' (nil or table expected)", function() setmetatable({}) end)
fails("cannot change a protected metatable", function() setmetatable(setmetatable({}, { __metatable = 1 }), {}) end)
same(getmetatable(setmetatable({}, { __metatable = "mine" })), "mine")
same(getmetatable("").__index, string)
fails("assertion failed!", function() assert(false) end)
same(select(2, pcall(error, { 1 }))[1], 1)
same(select(2, pcall(error)), nil)
same(select("#", pcall(error)), 2)
do
  local ok, message = pcall(function() error("where") end)
  assert(message:match("^[^:]+:%d+: where$"), message)
  ok, message = pcall(function() error("where", 0) end)
  same(message, "where")
end
same(select(2, xpcall(function() error("x", 0) end, function(m) return m .. "!" end)), "x!")
same(next({}), nil) same(next({ 10 }), 1)
do
  local seen = {}
  for k, v in pairs({ 1, 2, a = 3 }) do seen[#seen + 1] = tostring(k) .. v end
  table.sort(seen)
  same(table.concat(seen, " "), "11 22 a3")
end
same(type(print), "function") same(type(nil), "nil")
fails("bad argument #1 to 'type' (value expected)", function() type() end)
same(#{ unpack({ 1, 2, 3 }) }, 3) same(select("#", unpack({}, 1, 3)), 3)
same(tostring(setmetatable({}, { __tostring = function() return "me" end })), "me")
assert(collectgarbage("count") > 0) same(collectgarbage(), 0)
fails("bad argument #1 to 'collectgarbage' (invalid option 'x')", function() collectgarbage("x") end)

-- load
same(loadstring("return 1 + ...")(2), 3)
do
  local f, message = loadstring("x =", "=chunk")
  same(f, nil) assert(message:match("^chunk:1: "), message)
  local parts, i = { "return ", "4", "2" }, 0
  same(load(function() i = i + 1 return parts[i] end)(), 42)
  local g = setfenv(function() return y end, { y = 7 })
  same(g(), 7) same(getfenv(g).y, 7) same(getfenv(print), _G) same(getfenv(0), _G)
end

-- strings
same(("x"):rep(3), "xxx") same(("abc"):upper(), "ABC") same(("%d"):format(3.7), "3")
same(("hello world"):find("o w"), 5) same(("k=v"):match("(%w)=(%w)"), "k") same(("abc"):gsub("", "-"), "-a-b-c-")
same(("THE (quick) fox"):find("%((%a+)%)"), 5) same(("x = 1"):gsub("%s", ""), "x=1")
same(string.format("%q", "a\nb"), '"a\\\nb"') same(string.format("%5s|%-5s|", "a", "b"), "    a|b    |")
fails("bad argument #2 to 'rep' (number expected, got nil)", function() string.rep("x", nil) end)
fails("bad argument #1 to 'rep' (number expected, got no value)", function() ("x"):rep() end)
fails("bad argument #2 to 'format' (number expected, got string)", function() string.format("%d", "x") end)
fails("invalid option '%y' to 'format'", function() string.format("%y", 1) end)
fails("malformed pattern (ends with '%')", function() ("a"):find("%") end)
do
  local words = {}
  for w in ("one two  three"):gmatch("%a+") do words[#words + 1] = w end
  same(table.concat(words, ","), "one,two,three")
  same(("$name is $age"):gsub("%$(%w+)", { name = "Ann", age = 7 }), "Ann is 7")
  same(("abc"):gsub("%w", function(c) if c == "b" then return "B" end end), "aBc")
end

-- tables
do
  local t = { 5, 3, 1, 4, 2 }
  table.sort(t) same(table.concat(t), "12345")
  table.sort(t, function(a, b) return a > b end) same(table.concat(t), "54321")
  table.insert(t, 6) table.insert(t, 1, 0) same(table.concat(t, ","), "0,5,4,3,2,1,6")
  same(table.remove(t), 6) same(table.remove(t, 1), 0) same(#t, 5)
  fails("attempt to compare nil with number", function() table.sort({ 1, 2, nil, 3, n = 1 }, function(a, b) return nil < 1 end) end)
  fails("invalid value (table) at index 1 in table for 'concat'", function() table.concat({ {} }) end)
  fails("wrong number of arguments to 'insert'", function() table.insert({}, 1, 2, 3) end)
  same(table.maxn({ 1, 2, [10] = 1 }), 10)
end

-- mathematics
same(math.floor(-1.5), -2) same(math.ceil(-1.5), -1) same(math.max(1, 3, 2), 3) same(math.min(2, 1), 1) same(math.abs(-3), 3)
same(math.fmod(7, 3), 1) same(math.fmod(-7, 3), -1) same(math.mod(7, 3), 1) same(math.pow(2, 10), 1024) same(math.sqrt(16), 4)
same(select(1, math.modf(3.7)), 3) same(math.modf(-3.5), -3) same(select(2, math.modf(-3.5)), -0.5) same(select(2, math.modf(math.huge)), 0)
same(math.frexp(8), 0.5) same(select(2, math.frexp(8)), 4) same(math.frexp(-3), -0.75) same(math.ldexp(0.5, 4), 8) same(math.ldexp(1, -1074), 2 ^ -1074)
same(select(2, math.frexp(2 ^ -1074)), -1073) same(math.frexp(2 ^ -1074), 0.5) same(select(2, math.frexp(2 ^ 1023)), 1024)
same(math.log10(1000), 3) same(math.deg(math.pi), 180) same(math.rad(180), math.pi)
for _ = 1, 100 do
  local r = math.random(3, 5)
  assert(r >= 3 and r <= 5 and r == math.floor(r))
  r = math.random() assert(r >= 0 and r < 1)
end
fails("bad argument #1 to 'random' (interval is empty)", function() math.random(0) end)
fails("bad argument #1 to 'floor' (number expected, got no value)", function() math.floor() end)

-- coroutines
do
  local co = coroutine.create(function(a, b)
    local c = coroutine.yield(a + b)
    local d, e = coroutine.yield(c * 2)
    return d + e
  end)
  same(select(2, coroutine.resume(co, 1, 2)), 3) same(select(2, coroutine.resume(co, 10)), 20)
  same(coroutine.status(co), "suspended")
  same(select(2, coroutine.resume(co, 3, 4)), 7) same(coroutine.status(co), "dead")
  local ok, message = coroutine.resume(co)
  same(ok, false) same(message, "cannot resume dead coroutine")
  local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
  same(gen(), 1) same(gen(), 2) same(gen(), 3)
  same(coroutine.running(), nil)
  ok, message = coroutine.resume(coroutine.create(function() error("inside", 0) end))
  same(message, "inside")
end

-- time
same(os.time({ year = 2026, month = 11, day = 23, hour = 12 }) - os.time({ year = 2026, month = 11, day = 22, hour = 12 }), 86400)
same(os.date("!%Y-%m-%d %H:%M:%S", 0), "1970-01-01 00:00:00") same(os.date("!%c", 1e9), "Sun Sep  9 01:46:40 2001")
same(os.date("!%a %A %b %B %d %H %I %j %M %m %p %S %U %W %w %x %X %y %Y %%", 1234567890),
  "Fri Friday Feb February 13 23 11 044 31 02 PM 30 06 06 5 02/13/09 23:31:30 09 2009 %")
same(os.date("!*t", 3600).hour, 1) same(os.date("!*t", 0).wday, 5) same(os.date("!*t", 0).isdst, false)
for day = 0, 800 do
  local t = os.date("!*t", day * 86400)
  same(tonumber(os.date("!%d", day * 86400)), t.day)
end
same(os.difftime(5, 3), 2)
fails("field 'day' missing in date table", function() os.time({ year = 2000 }) end)
return "done"
