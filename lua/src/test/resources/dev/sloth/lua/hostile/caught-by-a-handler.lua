-- ends: bytes of memory, caught the error and went on|exceeded \d+ steps
local t = {}
local function more() t[#t + 1] = ('x'):rep(1e5) .. #t end
while true do xpcall(more, function() more() more() end) end
