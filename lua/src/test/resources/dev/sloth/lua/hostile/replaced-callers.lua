-- ends: not enough memory
local g
local function f() return g() end
g = function() return 1 + f(('x'):rep(4e6)) end
f()
