-- ends: not enough memory
local function with(big) return function() return big end end
local function f(n) return (with(('x'):rep(1e5) .. n)(f(n + 1))) end
f(1)
