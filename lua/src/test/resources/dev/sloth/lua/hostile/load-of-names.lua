-- ends: not enough memory|nil|function
local names = {}
for i = 1, 20000 do names[i] = 'local a' .. i end
return tostring(loadstring(table.concat(names, '\n')))
