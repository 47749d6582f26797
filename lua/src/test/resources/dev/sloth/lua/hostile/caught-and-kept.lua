-- ends: bytes of memory, caught the error and went on
local t = {}
while true do
  pcall(function() t[#t + 1] = ('x'):rep(1e5) .. #t end)
end
