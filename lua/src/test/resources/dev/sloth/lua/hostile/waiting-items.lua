-- ends: not enough memory
local function f(n) return { ('x'):rep(1e5) .. n, f(n + 1) } end
f(1)
