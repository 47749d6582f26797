-- ends: not enough memory|C stack overflow|true
local function f(s) return pcall(f, s .. 'x') end
return tostring(f(('x'):rep(1e5)))
