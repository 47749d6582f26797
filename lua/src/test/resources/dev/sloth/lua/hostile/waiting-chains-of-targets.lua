-- ends: not enough memory
local n = 0
local again
local behind = setmetatable({}, { __newindex = function() again() end })
local front = { __newindex = behind }
local function made() return setmetatable({ ('x'):rep(1e5) .. n }, front) end
again = function()
    n = n + 1
    made().field = 1
end
again()
