-- ends: not enough memory|C stack overflow
local t
t = setmetatable({}, { __index = function() return (('x'):rep(1e5):gsub('.', t)) end })
return (('x'):rep(1e5):gsub('x', t))
