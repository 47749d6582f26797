-- ends: not enough memory|too many coroutines
local t = {}
while true do
  local co = coroutine.wrap(function(s)
    s = nil
    coroutine.yield()
  end)
  co(('x'):rep(1e5))
  t[#t + 1] = co
end
