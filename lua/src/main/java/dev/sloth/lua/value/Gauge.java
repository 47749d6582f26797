package dev.sloth.lua.value;

/// What a state has used up so far.
record Gauge(long steps, int fuel, MemoryMeter.Reading memory) {}
