-- ends: not enough memory|of memory, caught the error and went on
local s, t = ("Ab"):rep(5e4), {}
for i = 1, 1e5 do t[i] = select(2, pcall(error, s, 1)) end
