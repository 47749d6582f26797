-- ends: string length overflow|not enough memory|exceeded \d+ steps
local s = 'xx'
while true do s = s:gsub('.', '%0%0') end
