-- ends: exceeded \d+ steps
while true do
  local co = coroutine.wrap(function() coroutine.yield() end)
  co()
  for i = 1, 1000 do end
end
