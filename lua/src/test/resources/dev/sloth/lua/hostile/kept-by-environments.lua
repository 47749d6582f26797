-- ends: not enough memory
local all
for i = 1, 1e9 do
  all = setfenv(function() return x end, { x = all })
end
