-- ends: not enough memory
local function f()
  for _ in function() return f() end, ('x'):rep(1e5) do end
end
f()
