-- ends: not enough memory
local make
local meta = { __add = function() return make() + 1 end }
make = function() return setmetatable({ ('x'):rep(1e5) }, meta) end
return make() + 1
