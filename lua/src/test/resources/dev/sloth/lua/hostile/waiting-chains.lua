-- ends: not enough memory
local n = 0
local again
local behind = setmetatable({}, { __index = function() return again() end })
local front = { __index = behind }
local function made() return setmetatable({ ('x'):rep(1e5) .. n }, front) end
again = function()
    n = n + 1
    return made().field + 1
end
return again()
