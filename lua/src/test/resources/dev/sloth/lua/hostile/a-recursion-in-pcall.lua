-- ends: exceeded \d+ steps|stack overflow|true
local function f() pcall(f) return 1 + f() end
return tostring(pcall(f))
