-- ends: caught the error and went on|too many coroutines
local t = {}
while true do
  local co = coroutine.create(function() coroutine.yield(('x'):rep(1e5)) end)
  coroutine.resume(co)
  t[#t + 1] = co
end
