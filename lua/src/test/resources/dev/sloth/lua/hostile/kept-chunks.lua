-- ends: not enough memory|of memory, caught the error and went on
local t = {}
for i = 1, 1e9 do t[i] = loadstring('local a = ' .. i .. ' return function() return a + 1 end') end
