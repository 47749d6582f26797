-- ends: C stack overflow|function|exceeded \d+ steps
local function f()
  local n = 0
  return tostring(load(function()
    n = n + 1
    if n == 1 then return ('-'):rep(1e5) end
    return f() and nil
  end))
end
return f()
