-- ends: not enough memory
local function f(s)
  s = nil
  return 1 + f(('x'):rep(4e6))
end
f()
