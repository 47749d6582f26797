-- ends: exceeded \d+ steps|error in error handling
local function fail() error(fail) end
while true do xpcall(fail, fail) end
