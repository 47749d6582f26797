-- ends: not enough memory|C stack overflow
local function f(t)
  table.sort(t, function()
    for i = 1, #t do t[i] = nil end
    local u = {}
    for i = 1, 100 do u[i] = ('x'):rep(1000) .. i end
    f(u)
    return false
  end)
end
f({ 3, 2, 1 })
