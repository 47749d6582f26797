package dev.sloth.lua.syntax;

/// How much the parser takes on.
///
/// @param sourceBytesMax longest text
/// @param nestingMax how deep blocks, functions, brackets and unary operators may stand in each
///   other
/// @param treeDepthMax how deep the tree of one expression may get, through chains such as
///   `a..b..c` or `a.b.c`; who walks trees can count on it
/// @param errorsMax how many errors are reported
public record ParserLimits(int sourceBytesMax, int nestingMax, int treeDepthMax, int errorsMax) {
    /// 16 MiB, 200 levels as in Lua, 20,000 links of a chain, 20 errors.
    public static final ParserLimits DEFAULT = new ParserLimits(16 << 20, 200, 20_000, 20);

    public ParserLimits {
        if (sourceBytesMax < 0 || nestingMax < 1 || treeDepthMax < 1 || errorsMax < 1) {
            throw new IllegalArgumentException("parser limits must be positive");
        }
    }
}
