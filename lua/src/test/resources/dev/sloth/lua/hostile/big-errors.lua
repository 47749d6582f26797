-- ends: exceeded \d+ steps|not enough memory
local function f(n)
  local ok, e = pcall(error, ('x'):rep(1e5) .. n)
  return f(n + 1)
end
f(1)
