package dev.sloth.lua.debug;

import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaCoroutine;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaText;
import dev.sloth.lua.value.LuaType;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Writes values for people, without calling anything of the script. What is to be hidden is hidden
/// before anything is cut: half a secret is a secret too.
final class Display {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final LuaState s;
    private final DebugLimits limits;
    private final UnaryOperator<byte[]> hiding;

    Display(LuaState s, DebugLimits limits, UnaryOperator<byte[]> hiding) {
        this.s = s;
        this.limits = limits;
        this.hiding = hiding;
    }

    Shown of(Datum value) {
        String type = LuaType.of(value.d(), value.o()).toString();
        String text = text(value);
        return switch (value.o()) {
            case LuaTable table -> {
                long items = table.length();
                yield new Shown(text, type, table.nextPosition(-1) >= 0, items, others(table));
            }
            case LuaText rich -> new Shown(text, type, true, 0, others(rich.fields()));
            default -> new Shown(text, type, false, 0, 0);
        };
    }

    private int others(LuaTable table) {
        int all = 0;
        for (int p = table.nextPosition(-1);
                p >= 0 && all <= limits.page();
                p = table.nextPosition(p)) {
            all += isItem(table, p) ? 0 : 1;
        }
        return all;
    }

    /// Whether the key there is one of 1, 2, 3 and so on up to the length.
    boolean isItem(LuaTable table, int position) {
        double k = table.keyAt(s, position);
        return LuaValues.isNumber(k) && k >= 1 && k <= table.length() && k == Math.rint(k);
    }

    String text(Datum value) {
        if (LuaValues.isNumber(value.d())) {
            return plain(LuaNumbers.text(value.d()));
        }
        return switch (value.o()) {
            case LuaText rich -> quoted(rich.plain());
            case LuaString text -> quoted(text);
            case LuaTable table -> "table: " + size(table);
            case HostFunction host -> "function: builtin " + host.name();
            case LuaFunction function -> "function: " + function.name();
            case LuaCoroutine coroutine -> "coroutine: " + coroutine.status();
            default -> plain(Texts.plain(value.d(), value.o()));
        };
    }

    private String size(LuaTable table) {
        int others = others(table);
        if (others > limits.page()) {
            return "more than " + limits.page() + " entries";
        }
        long all = others + table.length();
        return all == 1 ? "1 entry" : all + " entries";
    }

    /// What Lua itself prints, for a console.
    String printed(Datum value) {
        return value.o() instanceof LuaString text ? plain(text) : text(value);
    }

    /// The name of an entry of a table.
    String key(Datum key) {
        if (LuaValues.isNumber(key.d())) {
            return "[" + plain(LuaNumbers.text(key.d())) + "]";
        }
        if (key.o() instanceof LuaString text) {
            String word = plain(text);
            return WORD.matcher(word).matches() ? word : "[" + quoted(text) + "]";
        }
        return "[" + plain(Texts.plain(key.d(), key.o())) + "]";
    }

    private String plain(LuaString text) {
        return cut(hiding.apply(text.bytes()));
    }

    private String cut(byte[] bytes) {
        if (bytes.length <= limits.textBytes()) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return new String(Arrays.copyOf(bytes, limits.textBytes()), StandardCharsets.UTF_8)
                + "... ("
                + bytes.length
                + " bytes)";
    }

    /// As Lua would read it.
    private String quoted(LuaString text) {
        var out = new StringBuilder("\"");
        plain(text).codePoints().forEach(c -> escape(out, c));
        return out.append('"').toString();
    }

    private static void escape(StringBuilder out, int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append("\\%03d".formatted(c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
