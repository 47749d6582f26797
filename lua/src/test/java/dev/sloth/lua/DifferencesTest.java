package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Differences from 5.1 that `docs/lua.md` tells of: what Debian's `lua5.1` answers, what this
/// engine answers, and that both answer the same to what the page says to write instead.
class DifferencesTest {
    /// A function that says why it has nothing.
    private static final String WHY = "local function f() return nil, 'why' end ";

    /// The name of a chunk, longer than any message shows.
    private static final String LONG = "ab".repeat(50);

    private static final String END = ":1: unexpected symbol near '<eof>'";

    @TempDir Path folder;

    @Test
    void a_list_with_a_hole_has_all_that_its_constructor_shows() throws Exception {
        both(WHY + "local r = {f()} return #r, unpack(r)", "2 nil 'why'");
        both("return #{1, 2, 3, nil, 5}, #{nil, 2}, #{1, nil, 3}", "5 2 3");
        both("local function f(...) return #{...} end return f(1, nil, 3)", "3");
        both("return #{pcall(function() return nil, 1 end)}", "3");
    }

    @Test
    void later_assignments_may_leave_a_list_with_a_hole_another_end() throws Exception {
        differs("local t = {nil, nil, 3} t[4] = 4 return #t", "0", "4");
    }

    @Test
    void values_that_may_be_nil_are_kept_with_their_number() throws Exception {
        String pack = "local function pack(...) return {n = select('#', ...), ...} end ";
        both(WHY + pack + "local r = pack(f()) return r.n, unpack(r, 1, r.n)", "2 nil 'why'");
        both(WHY + "local r = {f()} return unpack(r, 1, table.maxn(r))", "nil 'why'");
        both(WHY + "local value, problem = f() return value, problem", "nil 'why'");
        String absent = "error 't:1: attempt to call a nil value (field 'pack')'";
        differs(
                WHY + "local r = table.pack(f()) return r.n, unpack(r, 1, r.n)",
                absent,
                "2 nil 'why'");
    }

    @Test
    void a_list_with_a_hole_ends_at_the_last_item_that_is_left() throws Exception {
        both("local t = {1, nil, 3} t[2] = 2 return #t", "3");
        String hole = "local t = {1, 2, 3, 4} t[2] = nil local n = #t ";
        differs(hole + "t[4] = nil return n, #t", "4 1", "4 3");
        both(hole + "t[3] = nil t[4] = nil return n, #t", "4 1");
        both("local t = {1, 2, 3} t[5] = 5 local n = #t t[4] = 4 return n, #t", "3 5");
    }

    @Test
    void weak_tables_hold_what_they_refer_to() throws Exception {
        String weak = "local t = setmetatable({}, {__mode = 'kv'}) ";
        differs(weak + "t[{}] = 1 collectgarbage() return next(t) == nil", "true", "false");
        differs(weak + "t[1] = {} collectgarbage() return t[1] == nil", "true", "false");
        both(weak + "local k = {} t[k] = 1 t[k] = nil return next(t) == nil", "true");
    }

    @Test
    void functions_have_no_arg_of_their_own() throws Exception {
        String global = "arg = {n = 'global'} ";
        String unused = "local function f(...) return arg.n, arg[3] end return f(1, nil, 3)";
        differs(global + unused, "3 3", "'global' nil");
        String used = "local function f(...) local a = ... return a, arg ~= nil end return f(1)";
        differs(global + used, "1 false", "1 true");
        differs(
                "local function f(arg, ...) return type(arg) end return f(7)",
                "'table'",
                "'number'");
        String own = "local function f(...) local arg = {n = select('#', ...), ...}";
        both(global + own + " return arg.n, arg[3] end return f(1, nil, 3)", "3 3");
    }

    @Test
    void names_of_chunks_are_cut_in_syntax_errors_as_in_others() throws Exception {
        both(running("=" + LONG), shown(LONG.substring(0, 59), ":1: m"));
        differs(
                wrong("=" + LONG),
                shown(LONG.substring(0, 79), END),
                shown(LONG.substring(0, 59), END));
        both(running("@" + LONG), shown("..." + LONG.substring(48), ":1: m"));
        differs(
                wrong("@" + LONG),
                shown("..." + LONG.substring(28), END),
                shown("..." + LONG.substring(48), END));
    }

    @Test
    void as_much_of_a_text_is_shown_when_it_fails_as_when_it_is_wrong() throws Exception {
        String longest = text(LONG.substring(0, 63));
        differs(
                running(LONG),
                shown(text(LONG.substring(0, 43)), ":1: m"),
                shown(longest, ":1: m"));
        both(wrong(LONG), shown(longest, END));
    }

    @Test
    void a_file_that_is_loaded_has_its_whole_name() throws Exception {
        String name = LONG.substring(0, 60);
        differs(
                """
                local f = io.open('NAME', 'w') f:write('error("m")') f:close() \
                return select(2, pcall(loadfile('NAME')))\
                """
                        .replace("NAME", name),
                shown("..." + name.substring(8), ":1: m"),
                shown(name, ":1: m"));
    }

    @Test
    void the_name_of_a_chunk_goes_on_behind_a_zero_byte() throws Exception {
        differs(wrong("=a\\0b"), shown("a", END), shown("a\\0b", END));
    }

    @Test
    void the_source_of_a_running_chunk_is_the_name_that_is_shown() throws Exception {
        String source = "return loadstring('return debug.getinfo(1).source', '@" + LONG + "')()";
        differs(source, shown("@", LONG), shown("@...", LONG.substring(48)));
        String given = "local i = debug.getinfo(function() end) return i.source, i.short_src";
        differs(given, "'=t' 't'", "'@t' 't'");
    }

    @Test
    void a_syntax_error_shows_whole_characters_and_the_escape_that_is_wrong() throws Exception {
        String near = "'c:1: unexpected symbol near '";
        differs(error("x = \\195\\164"), near + "\\195''", near + "\\195\\164''");
        differs(error("x = \\255"), near + "\\255''", near + "\\239\\191\\189''");
        differs(error("x = \\0"), "'c:1: unexpected symbol'", near + "char(0)''");
        String large = "'c:1: escape sequence too large near ''ab";
        differs(error("x = \\39ab\\092300\\39"), large + "''", large + "\\92300''");
    }

    @Test
    void a_syntax_error_shows_eighty_bytes_of_what_it_is_near() throws Exception {
        String near = "'c:1: unexpected symbol near '";
        String digits = "1".repeat(100);
        differs(
                error("x = y " + digits),
                near + digits + "''",
                near + digits.substring(0, 80) + "...''");
    }

    @Test
    void tonumber_with_a_base_knows_signs_and_numbers_of_any_size() throws Exception {
        String huge = "1.844674407371e+19";
        differs(
                "return tonumber('-ff', 16), tonumber('-0x1f', 16), tonumber('-1', 2)",
                huge + " " + huge + " " + huge,
                "-255 -31 -1");
        String sixteenfold = "return tonumber('1' .. ('0'):rep(17), 16) / 2 ^ 64";
        differs(sixteenfold, "1", "16");
        differs("return tonumber('ff\\0', 16), tonumber('1\\0002')", "255 1", "nil nil");
        both("return -tonumber('ff', 16), tonumber('-0x1f')", "-255 -31");
    }

    /// A chunk of that name that fails.
    private static String running(String name) {
        return "return select(2, pcall(loadstring('error(\"m\")', '" + name + "')))";
    }

    /// A chunk of that name that is none.
    private static String wrong(String name) {
        return "return select(2, loadstring('x =', '" + name + "'))";
    }

    private static String error(String text) {
        return "return select(2, loadstring('" + text + "', '=c'))";
    }

    private static String text(String firstLine) {
        return "[string \\34" + firstLine + "...\\34]";
    }

    private static String shown(String name, String message) {
        return "'" + name + message + "'";
    }

    /// @param theirs the answer of `lua5.1`
    /// @param ours the answer of this engine
    private void differs(String snippet, String theirs, String ours) throws Exception {
        var answerer = new Answerer(folder);
        assertThat(quoted(answerer.theirs(List.of(snippet)))).as("lua5.1").isEqualTo(theirs);
        assertThat(quoted(answerer.ours(List.of(snippet)))).as("this engine").isEqualTo(ours);
    }

    private void both(String snippet, String answer) throws Exception {
        differs(snippet, answer, answer);
    }

    /// With quotes that need no escapes here.
    private static String quoted(List<String> answers) {
        assertThat(answers).hasSize(1);
        return answers.getFirst().replace('"', '\'');
    }
}
