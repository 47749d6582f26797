package dev.sloth.lua.value;

/// A table: an array part for 1..n and an insertion-ordered hash part.
///
/// `get` returns the number half and leaves the object half in `s.out`, as calls do; an absent key
/// reads as nil. These are raw accesses: metamethods are the interpreter's business.
public final class LuaTable {
    // contract only; the engine's author fills it in
    public double get(LuaState s, double k, Object ko) {
        throw new UnsupportedOperationException();
    }

    public double getInt(LuaState s, long index) {
        throw new UnsupportedOperationException();
    }

    public double getString(LuaState s, LuaString key) {
        throw new UnsupportedOperationException();
    }

    /// Sets a field; nil removes. A nil or NaN key is an error.
    public void set(LuaState s, double k, Object ko, double v, Object vo) {
        throw new UnsupportedOperationException();
    }

    public void setInt(LuaState s, long index, double v, Object vo) {
        throw new UnsupportedOperationException();
    }

    public void setString(LuaState s, LuaString key, double v, Object vo) {
        throw new UnsupportedOperationException();
    }

    /// The border that `#` gives.
    public long length() {
        throw new UnsupportedOperationException();
    }
}
