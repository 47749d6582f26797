-- ends: not enough memory
local s, t = ("Ab"):rep(5e4), {}
for i = 1, 1e5 do t[i] = s:upper() end
