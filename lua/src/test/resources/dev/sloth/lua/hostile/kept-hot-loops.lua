-- ends: not enough memory|exceeded 3000000 steps
local t = {}
for i = 1, 1e9 do
  t[i] = assert(loadstring("for j = 1, 2500 do end"))
  t[i]()
end
