-- ends: not enough memory
local all = {}
for i = 1, 1e9 do
  local t = setmetatable({}, { __gc = function(t) all[#all + 1] = t end })
  all[#all + 1] = t
end
