package dev.sloth.lua.hot;

/// A class before it is defined.
///
/// @param constants what it finds as its class data
record ClassText(byte[] bytes, Object[] constants) {}
