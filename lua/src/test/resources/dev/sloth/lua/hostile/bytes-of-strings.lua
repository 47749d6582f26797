-- ends: exceeded \d+ steps|not enough memory|too many results|string slice too long|stack overflow
local s = ('x'):rep(1e6)
local t = {}
while true do t[#t + 1] = { s:byte(1, -1) } end
