-- ends: not enough memory
local make
local meta = {}
meta.__lt = function() return make() < make() end
make = function() return setmetatable({ ('x'):rep(1e5) }, meta) end
return make() < make()
