package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import org.junit.jupiter.api.Test;

class StringLibraryTest {
    private final Lab lab = new Lab();

    @Test
    void sub_counts_from_either_end() {
        assertThat(lab.one("string.sub", "hello", 2, 3)).isEqualTo("el");
        assertThat(lab.one("string.sub", "hello", -3)).isEqualTo("llo");
        assertThat(lab.one("string.sub", "hello", -100, 100)).isEqualTo("hello");
        assertThat(lab.one("string.sub", "hello", 4, 2)).isEqualTo("");
        assertThat(lab.one("string.sub", "hello", 0)).isEqualTo("hello");
        assertThat(lab.one("string.sub", 12345, 2, -2)).isEqualTo("234");
        assertThat(lab.error("string.sub"))
                .isEqualTo("bad argument #1 to '?' (string expected, got no value)");
    }

    @Test
    void byte_gives_codes() {
        assertThat(lab.call("string.byte", "ABC")).containsExactly(65.0);
        assertThat(lab.call("string.byte", "ABC", 2)).containsExactly(66.0);
        assertThat(lab.call("string.byte", "ABC", 1, -1)).containsExactly(65.0, 66.0, 67.0);
        assertThat(lab.call("string.byte", "ABC", 10)).isEmpty();
        assertThat(lab.call("string.byte", "ABC", 0)).isEmpty();
        assertThat(lab.call("string.byte", "\u00ff", -1)).containsExactly(255.0);
    }

    @Test
    void char_makes_bytes_and_refuses_what_is_none() {
        assertThat(lab.one("string.char", 72, 105)).isEqualTo("Hi");
        assertThat(lab.one("string.char")).isEqualTo("");
        assertThat(lab.error("string.char", 256))
                .isEqualTo("bad argument #1 to '?' (invalid value)");
    }

    @Test
    void rep_repeats_with_a_separator() {
        assertThat(lab.one("string.rep", "ab", 3)).isEqualTo("ababab");
        assertThat(lab.one("string.rep", "ab", 3, ",")).isEqualTo("ab,ab,ab");
        assertThat(lab.one("string.rep", "ab", 0)).isEqualTo("");
        assertThat(lab.one("string.rep", "ab", -1)).isEqualTo("");
        assertThat(lab.error("string.rep", "ab", LuaNil.NIL))
                .isEqualTo("bad argument #2 to '?' (number expected, got nil)");
    }

    @Test
    void case_length_and_reverse_work_on_bytes() {
        assertThat(lab.one("string.upper", "a\u00e9Z")).isEqualTo("A\u00e9Z");
        assertThat(lab.one("string.lower", "A\u00c9z")).isEqualTo("a\u00c9z");
        assertThat(lab.one("string.len", "a\0b")).isEqualTo(3.0);
        assertThat(lab.one("string.reverse", "abc")).isEqualTo("cba");
    }

    @Test
    void gsub_takes_functions_and_tables() {
        LuaTable names = new LuaTable();
        names.setString(lab.state, LuaString.of("x"), LuaValues.TAG, LuaString.of("1"));
        assertThat(lab.call("string.gsub", "$x $y", "%$(%w)", names)).containsExactly("1 $y", 2.0);
        Object twice = Lab.function(values -> values.getFirst() + "" + values.getFirst());
        assertThat(lab.call("string.gsub", "abc", "[bc]", twice)).containsExactly("abbcc", 2.0);
        assertThat(lab.call("string.gsub", "abc", "%w", Lab.function(_ -> false), 2))
                .containsExactly("abc", 2.0);
        assertThat(lab.error("string.gsub", "abc", "%w", Lab.function(_ -> new LuaTable())))
                .isEqualTo("invalid replacement value (a table)");
        assertThat(lab.error("string.gsub", "abc", "%w", true))
                .isEqualTo("bad argument #3 to '?' (string/function/table expected)");
    }

    @Test
    void malformed_patterns_are_named() {
        assertThat(lab.error("string.find", "a", "%"))
                .isEqualTo("malformed pattern (ends with '%')");
        assertThat(lab.error("string.find", "a", "[a"))
                .isEqualTo("malformed pattern (missing ']')");
        assertThat(lab.error("string.find", "a", "(a")).isEqualTo("unfinished capture");
        assertThat(lab.error("string.find", "a", "%a)")).isEqualTo("invalid pattern capture");
        assertThat(lab.error("string.find", "a", "%1")).isEqualTo("invalid capture index");
        assertThat(lab.error("string.find", "a", "%f"))
                .isEqualTo("missing '[' after '%f' in pattern");
        assertThat(lab.error("string.find", "a", "%b")).isEqualTo("unbalanced pattern");
        assertThat(lab.error("string.find", "a", "()".repeat(40))).isEqualTo("too many captures");
    }

    @Test
    void format_takes_any_value_for_text() {
        assertThat(lab.one("string.format", "%s %s %s", LuaNil.NIL, true, 1.5))
                .isEqualTo("nil true 1.5");
        assertThat(lab.one("string.format", "[%5s][%-5s][%.2s]", "ab", "ab", "abc"))
                .isEqualTo("[   ab][ab   ][ab]");
        assertThat(lab.one("string.format", "%q", "a\"b\\\n\r\0"))
                .isEqualTo("\"a\\\"b\\\\\\\n\\r\\000\"");
        assertThat(lab.one("string.format", "%5.1f%%", 99.95)).isEqualTo("100.0%");
        assertThat(lab.one("string.format", "%a", 1)).isEqualTo("0x1p+0");
        assertThat(lab.one("string.format", "%.1a", 1.999)).isEqualTo("0x2.0p+0");
    }

    @Test
    void format_refuses_what_it_does_not_know() {
        assertThat(lab.error("string.format", "%y", 1))
                .isEqualTo("invalid option '%y' to 'format'");
        assertThat(lab.error("string.format", "%d")).isEqualTo("bad argument #2 to '?' (no value)");
        assertThat(lab.error("string.format", "%d", "x"))
                .isEqualTo("bad argument #2 to '?' (number expected, got string)");
        assertThat(lab.error("string.format", "%-+ #0-d", 1))
                .isEqualTo("invalid format (repeated flags)");
    }
}
