-- ends: not enough memory
local function g() end
local function f(n) return (g(('x'):rep(1e5) .. n, f(n + 1))) end
f(1)
