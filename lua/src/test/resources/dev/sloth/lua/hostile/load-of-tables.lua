-- ends: chunk has too many|nil
return tostring(loadstring('return ' .. ('{'):rep(1e5)))
