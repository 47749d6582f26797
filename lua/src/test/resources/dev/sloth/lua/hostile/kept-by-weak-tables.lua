-- ends: not enough memory
local t = setmetatable({}, { __mode = 'kv' })
local all
for i = 1, 1e9 do
  all = { all }
  t[i] = all
end
