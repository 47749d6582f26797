-- ends: not enough memory|C stack overflow
local function f()
  return (('x'):rep(1e5):gsub('.', function() return f() end, 1))
end
return f()
