-- Times one workload in this Lua: lua bench.lua NAME [ROUNDS]. Prints the CPU seconds of the first round and of the
-- best round, in which it runs as often as takes a quarter of a second. CPU time is the whole process's, so compiling and
-- collecting count.
local name, rounds = arg[1], tonumber(arg[2] or 10)

local work = {}

function work.fib()
    local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
    assert(fib(30) == 832040)
end

function work.fib_field()
    local m = {}
    function m.fib(n) if n < 2 then return n end return m.fib(n - 1) + m.fib(n - 2) end
    assert(m.fib(30) == 832040)
end

function work.methods()
    local Point = {}
    Point.__index = Point
    function Point:move(d) self.x = self.x + d return self.x end
    local p = setmetatable({ x = 0 }, Point)
    for i = 1, 5000000 do p:move(1) end
    assert(p.x == 5000000)
end

function work.insert()
    local t, sum = {}, 0
    for i = 1, 1000000 do table.insert(t, i) end
    for _, v in ipairs(t) do sum = sum + v end
    assert(sum == 500000500000)
end

local function numbers(n)
    local t, x = {}, 42
    for i = 1, n do x = (x * 1103515245 + 12345) % 2147483648 t[i] = x end
    return t
end

function work.sort()
    local t = numbers(1000000)
    table.sort(t)
    assert(t[1] <= t[2])
end

function work.sort_function()
    local t = numbers(300000)
    table.sort(t, function(a, b) return a > b end)
    assert(t[1] >= t[2])
end

function work.strings()
    local parts = {}
    for i = 1, 200000 do parts[#parts + 1] = "key" .. i .. "=" .. i * 2 end
    local text, count = table.concat(parts, ";"), 0
    for k, v in text:gmatch("(%w+)=(%d+)") do count = count + #k + #v end
    local changed = text:gsub("%d+", function(d) return #d end)
    assert(count > 0 and #changed > 0)
end

function work.loop()
    local x = 0
    for i = 1, 50000000 do x = x + i % 7 end
    assert(x > 0)
end

function work.coroutines()
    local co = coroutine.wrap(function() for i = 1, 100000 do coroutine.yield(i) end end)
    local sum = 0
    for _ = 1, 100000 do sum = sum + co() end
    assert(sum == 5000050000)
end

-- The mean of so many runs: where the clock counts in hundredths of a second, one short run says nothing.
local function timed(times)
    local from = os.clock()
    for _ = 1, times do work[name]() end
    return (os.clock() - from) / times
end

local first = timed(1)
local best = first
for _ = 2, rounds do
    local times = math.min(math.ceil(0.25 / math.max(best, 0.005)), 50)
    best = math.min(best, timed(times))
end
print(string.format("%.4f %.4f", first, best))
-- LuaJ's coroutines are threads that would keep its process.
if luajava then os.exit(0) end
