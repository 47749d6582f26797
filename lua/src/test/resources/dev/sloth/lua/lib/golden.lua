-- Writes the answers of the reference implementation: lua5.1 golden.lua DIRECTORY
math.randomseed(20261123)
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function pick(list) return list[math.random(#list)] end
local function show(ok, ...)
  if not ok then return "!" .. tostring((...)):gsub("^[^:]*:%d+: ", "") end
  local out = {}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    out[i] = type(v) .. ":" .. (type(v) == "number" and ("%.17g"):format(v) or tostring(v))
  end
  return table.concat(out, "\1")
end

local items = { "a", "b", ".", "%a", "%d", "%s", "%w", "%p", "%A", "[ab]", "[^a]", "[a-c]", "[%d_]", "[]]", "[^]]", "[a-]",
  "x", "1", "%.", "%%", "-", "^", "$", "%x", "%u", "%l", "%c", "[%a-z]", "[^%s]", "%z", "_" }
local suffixes = { "", "", "", "*", "+", "-", "?" }
local odd = { "(", ")", "()", "%1", "%2", "%b()", "%bab", "%f[%a]", "%f[%A]", "[", "%", "%f", "%b", "[^", "[%", "%0", "%9" }
local function pattern()
  local out, open = {}, 0
  if math.random(8) == 1 then out[1] = "^" end
  for _ = 1, math.random(6) do
    local dice = math.random(24)
    if dice <= 3 then out[#out + 1] = "("; open = open + 1
    elseif dice <= 6 and open > 0 then out[#out + 1] = ")"; open = open - 1
    elseif dice == 7 then out[#out + 1] = pick(odd)
    else out[#out + 1] = pick(items) .. pick(suffixes) end
  end
  if math.random(12) > 1 then out[#out + 1] = (")"):rep(open) end
  if math.random(8) == 1 then out[#out + 1] = "$" end
  return table.concat(out)
end
local letters = { "a", "b", "c", "x", "1", "2", " ", "_", "(", ")", ".", "-", "A", "\n", "]", "%" }
local function subject()
  local out = {}
  for i = 1, math.random(0, 12) do out[i] = pick(letters) end
  return table.concat(out)
end
local replacements = { "<%0>", "%1", "%2%1", "", "%%", "x", "[%1]", "%a" }
local file = io.open(arg[1] .. "/patterns.tsv", "w")
for _ = 1, 2500 do
  local s, p, r, init = subject(), pattern(), pick(replacements), math.random(-3, 4)
  local all = {}
  local ok, err = pcall(function()
    local n = 0
    for a, b in s:gmatch(p) do
      n = n + 1
      all[#all + 1] = tostring(a) .. "," .. tostring(b)
      if n > 20 then break end
    end
  end)
  if not ok then all[#all + 1] = "!" .. err:gsub("^[^:]*:%d+: ", "") end
  file:write(table.concat({ hex(s), hex(p), hex(r), init, hex(show(pcall(string.find, s, p, init))),
    hex(show(pcall(string.match, s, p, init))), hex(show(pcall(string.gsub, s, p, r))), hex(table.concat(all, "\1")) }, "\t"), "\n")
end
file:close()

local function number()
  local kind = math.random(9)
  if kind == 1 then return math.random(-10, 10)
  elseif kind == 2 then return math.random(-1000, 1000) / 8
  elseif kind == 3 then return math.random() * 10 ^ math.random(-20, 20)
  elseif kind == 4 then return math.random(-100000, 100000) / 1000
  elseif kind == 5 then return 2 ^ math.random(-1074, 1023)
  elseif kind == 6 then return pick({ 0, -0.0, 1 / 0, -1 / 0, 0.5, 1.5, 2.5, 0.125, 1e15, 1e16, 123456789012345, 2 ^ 53, 2 ^ 63, -2 ^ 63, 1e100, 9.5, 99.5, 0.05 })
  elseif kind == 7 then return math.random(-99999, 99999) + 0.5
  elseif kind == 8 then return (math.random(1, 2 ^ 31 - 1) * 2 ^ 22 + math.random(0, 2 ^ 22)) * 2 ^ math.random(-1000, 900)
  else return math.random(0, 255) end
end
file = io.open(arg[1] .. "/formats.tsv", "w")
for _ = 1, 3000 do
  local flags = ""
  for _ = 1, math.random(0, 2) do flags = flags .. pick({ "-", "+", " ", "#", "0" }) end
  local width = math.random(2) == 1 and tostring(math.random(1, 30)) or ""
  local precision = math.random(2) == 1 and "." .. tostring(math.random(0, 30)) or ""
  local conversion = pick({ "d", "i", "u", "x", "X", "o", "e", "E", "f", "g", "G", "f", "g", "c" })
  local n = number()
  if conversion:find("[cuxXo]") then n = math.abs(n) < 2 ^ 53 and math.floor(math.abs(n)) or 77 end
  if conversion == "c" then n = n % 255 + 1; flags = flags:gsub("[0#+ ]", ""); precision = "" end
  local format = "%" .. flags .. width .. precision .. conversion
  file:write(table.concat({ format, ("%.17g"):format(n), hex(show(pcall(string.format, format, n))) }, "\t"), "\n")
end
file:close()

file = io.open(arg[1] .. "/numbers.tsv", "w")
for _ = 1, 1500 do
  local n = number()
  file:write("tostring\t", ("%.17g"):format(n), "\t", hex(tostring(n)), "\n")
end
local parts = { "1", "0", "23", ".", "e", "E", "+", "-", "x", "0x", "f", " ", "p", "_", "\t", "1e5", "inf", "nan", "7" }
for _ = 1, 1500 do
  local text = ""
  for _ = 1, math.random(5) do text = text .. pick(parts) end
  -- C's strtod reads these too, which the manual does not promise
  if not text:lower():find("[pn]") and not text:lower():find("0x.*[.e+-]") then
    file:write("tonumber\t", hex(text), "\t", hex(show(pcall(tonumber, text))), "\n")
  end
end
for _ = 1, 500 do
  local text, base = "", math.random(2, 36)
  for _ = 1, math.random(4) do text = text .. pick({ "1", "0", "a", "F", "z", " ", "7", "9" }) end
  file:write("radix\t", base, " ", hex(text), "\t", hex(show(pcall(tonumber, text, base))), "\n")
end
file:close()
