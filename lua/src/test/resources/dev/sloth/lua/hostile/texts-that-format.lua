-- ends: not enough memory|C stack overflow
local o
o = setmetatable({}, { __tostring = function() return ('%s%s'):format(('x'):rep(1e5), o) end })
return tostring(o)
