-- ends: string length overflow|not enough memory
return load(function() return ('-'):rep(1e5) end)
