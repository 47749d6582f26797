-- ends: not enough memory
local t, code = {}, "local a return function() return a, {" .. ("{},"):rep(1000) .. "} end"
for i = 1, 1e9 do t[i] = assert(loadstring(code))() end
