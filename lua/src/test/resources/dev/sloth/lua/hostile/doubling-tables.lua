-- ends: not enough memory|too many results
local t = { 1 }
while true do
  local n = #t
  for i = 1, n do t[n + i] = t[i] end
end
