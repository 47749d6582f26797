-- ends: bytes of memory, caught the error and went on
local t = {}
local co = coroutine.wrap(function()
  while true do
    pcall(function() t[#t + 1] = ('x'):rep(1e5) .. #t end)
    coroutine.yield()
  end
end)
while true do co() end
