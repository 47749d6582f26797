-- ends: not enough memory|too many results|stack overflow
local t = { 1 }
while true do t = { unpack(t), unpack(t), unpack(t) }
  local n = #t
  for i = 1, n do t[n + i] = t[i] end
end
