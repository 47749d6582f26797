-- ends: not enough memory
local t = {}
for i = 1, 4e5 do t[i] = "a" .. i end
assert(loadstring("return " .. table.concat(t, ",")))
