package dev.sloth.lua.debug;

/// How a value is shown.
///
/// @param text what it is, cut when it is long
/// @param type as `type` says
/// @param opens whether there is something in it to look at
/// @param items how many children it has whose keys are 1, 2, 3 and so on
/// @param others how many more it has, at most one more than one look shows
public record Shown(String text, String type, boolean opens, long items, int others) {}
