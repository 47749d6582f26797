-- ends: not enough memory|too many
for i = 1, 1e9 do
  local big = ('x'):rep(1000) .. i
  go(function() while true do pause(big) end end)
end
