-- ends: not enough memory
local make
local meta = { __concat = function() return make() .. make() .. ('y'):rep(1e5) end }
make = function() return setmetatable({ ('x'):rep(1e5) }, meta) end
return make() .. 1
