-- ends: not enough memory
local function chain(before)
  local big = ('x'):rep(1000)
  return function() return before, big end
end
local f
while true do f = chain(f) end
