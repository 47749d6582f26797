-- ends: string length overflow|not enough memory
local s = 'x'
while true do s = table.concat({ s, s }) end
