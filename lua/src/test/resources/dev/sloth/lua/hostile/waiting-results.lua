-- ends: not enough memory
local function two() return ('x'):rep(1e5), ('y'):rep(1e5) end
local function f()
  local t = setmetatable({}, { __newindex = function() f() end })
  t.a, t.b = two()
end
f()
