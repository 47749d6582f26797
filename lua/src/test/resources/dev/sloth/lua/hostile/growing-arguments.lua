-- ends: not enough memory|exceeded \d+ steps|stack overflow
local function f(...) return f(1, 2, 3, 4, 5, 6, 7, 8, 9, ...) end
f()
