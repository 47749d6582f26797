package dev.sloth.lua.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.Programs;
import dev.sloth.lua.syntax.Mutation;
import dev.sloth.lua.syntax.Scripts;
import dev.sloth.lua.syntax.TreeText;
import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FormatterTest {
    private static final int PROGRAMS = 500;
    private static final int MUTATED = 4_000;
    private static final int SHAKEN = 1_500;

    private static String formatted(String text) {
        return switch (Formatter.format("test", text.getBytes(StandardCharsets.UTF_8))) {
            case Formatted.Done(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Formatted.Wrong(var errors) -> throw new AssertionError(errors + " in " + text);
        };
    }

    private static void keepsItsMeaning(String text) {
        String once = formatted(text);
        assertThat(TreeText.of(once)).as(text).isEqualTo(TreeText.of(text));
        assertThat(formatted(once)).as(text).isEqualTo(once);
    }

    @Test
    void a_byte_order_mark_is_kept() {
        assertThat(formatted("\uFEFFx=1\n")).isEqualTo("\uFEFFx = 1\n");
        assertThat(formatted("\uFEFF")).isEqualTo("\uFEFF");
    }

    @Test
    void scripts_keep_their_tree_and_are_formatted_once_for_all() {
        Scripts.ALL.forEach(FormatterTest::keepsItsMeaning);
    }

    @Test
    void programs_keep_their_tree_and_are_formatted_once_for_all() {
        Gen.forAll(PROGRAMS, gen -> keepsItsMeaning(new Programs(gen).program()));
    }

    @Test
    void so_do_texts_with_blanks_and_comments_anywhere() {
        var changed = new AtomicInteger();
        Gen.forAll(
                SHAKEN,
                gen -> {
                    String script =
                            gen.chance(50) ? gen.oneOf(Scripts.ALL) : new Programs(gen).program();
                    String shaken = new Shaking(gen, script).shaken();
                    changed.addAndGet(shaken.equals(script) ? 0 : 1);
                    keepsItsMeaning(shaken);
                });
        assertThat(changed.get()).isGreaterThan(SHAKEN / 3);
    }

    @Test
    void broken_texts_are_refused_or_keep_what_they_still_say() {
        var done = new AtomicInteger();
        Gen.forAll(
                MUTATED,
                gen -> {
                    byte[] text = new Mutation(gen).script();
                    if (Formatter.format("test", text) instanceof Formatted.Done(var once)) {
                        done.incrementAndGet();
                        assertThat(TreeText.of(once)).isEqualTo(TreeText.of(text));
                        var twice = (Formatted.Done) Formatter.format("test", once);
                        assertThat(twice.text()).isEqualTo(once);
                    }
                });
        assertThat(done.get()).isBetween(MUTATED / 20, MUTATED * 19 / 20);
    }

    @Test
    void statements_get_lines_of_their_own_and_blocks_a_step() {
        assertThat(
                        formatted(
                                """
                                local  a=1;b  =2 ; if a==b then f( a ) else g(b)
                                return
                                end
                                """))
                .isEqualTo(
                        """
                        local a = 1
                        b = 2
                        if a == b then
                            f(a)
                        else
                            g(b)
                            return
                        end
                        """);
    }

    @Test
    void what_the_author_wrote_on_one_line_stays_there_if_it_is_one_thing() {
        assertThat(formatted("if  not ok  then return  nil,err end"))
                .isEqualTo("if not ok then return nil, err end\n");
        assertThat(formatted("f(function (v) winner=v end)"))
                .isEqualTo("f(function(v) winner = v end)\n");
        assertThat(formatted("f(function() a() b() end)"))
                .isEqualTo("f(function()\n    a()\n    b()\nend)\n");
    }

    @Test
    void chains_and_tables_keep_their_lines() {
        String text =
                """
                local greet = task("greet")
                    :description("Say hello")
                    :command(function(this, params)
                        log.info("hello")
                        return true, "greeted", { who = "world" }
                    end)
                    :env({
                        -- why
                        A = "1",

                        B = "2", -- and this
                    })

                local x = a
                    and b
                    or c

                return { greet, x }
                """;
        assertThat(formatted(text)).isEqualTo(text);
        assertThat(formatted(text.replaceAll("(?m)^ +", ""))).isEqualTo(text);
    }

    @Test
    void comments_and_single_blank_lines_stay() {
        assertThat(
                        formatted(
                                """
                                #!/usr/bin/env sloth-runner

                                --first
                                do   -- second


                                  --[[ third
                                    more ]] f() --[==[ 4 ]==]



                                  -- fifth
                                end
                                """))
                .isEqualTo(
                        """
                        #!/usr/bin/env sloth-runner

                        --first
                        do -- second

                            --[[ third
                            more ]] f() --[==[ 4 ]==]

                            -- fifth
                        end
                        """);
    }

    @Test
    void comments_that_stood_below_each_other_still_do() {
        assertThat(
                        formatted(
                                """
                                local a=1           -- one
                                f(function()        -- zw\u00f6lf
                                a( "\u00e4" )
                                end)                -- \u00e4
                                local bcd = 2  -- two

                                x = 31 -- three
                                local why = [[
                                ]]    -- four
                                z()   -- five
                                """))
                .isEqualTo(
                        """
                        local a = 1  -- one
                        f(function() -- zw\u00f6lf
                            a("\u00e4")
                        end)         -- \u00e4
                        local bcd = 2 -- two

                        x = 31 -- three
                        local why = [[
                        ]]  -- four
                        z() -- five
                        """);
    }

    @Test
    void commas_stand_behind_what_they_follow() {
        assertThat(formatted("t = {\n 1 -- one\n , 2; 3\n}\nu = { 1, }"))
                .isEqualTo("t = {\n    1, -- one\n    2, 3,\n}\nu = { 1 }\n");
    }

    @Test
    void what_lua_would_read_otherwise_is_kept_apart() {
        assertThat(formatted("a = f;(g or h)()")).isEqualTo("a = f;\n(g or h)()\n");
        assertThat(formatted("x = - -y - -z")).isEqualTo("x = - -y - -z\n");
        assertThat(formatted("x = t[ [[k]] ] .. -#t .. not y"))
                .isEqualTo("x = t[ [[k]] ] .. -#t .. not y\n");
    }

    @Test
    void quotes_are_double_where_nothing_else_has_to_change() {
        assertThat(formatted("f('a', 'b\"', 'c\\n', 'd\\'s', '')"))
                .isEqualTo("f(\"a\", 'b\"', \"c\\n\", 'd\\'s', \"\")\n");
    }

    @Test
    void a_text_that_does_not_parse_is_refused_with_all_its_errors() {
        var wrong =
                (Formatted.Wrong)
                        Formatter.format(
                                "test", "x = = 1\ny = 2\nz = )\n".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.errors()).extracting(e -> e.span().line()).containsExactly(1, 3);
    }

    @Test
    void bytes_that_are_no_text_are_kept() {
        byte[] text = {'x', '=', '"', (byte) 0xFF, 0, '"', '-', '-', (byte) 0xFE};
        var done = (Formatted.Done) Formatter.format("test", text);
        assertThat(done.text())
                .isEqualTo(
                        new byte[] {
                            'x',
                            ' ',
                            '=',
                            ' ',
                            '"',
                            (byte) 0xFF,
                            0,
                            '"',
                            ' ',
                            '-',
                            '-',
                            (byte) 0xFE,
                            '\n'
                        });
    }

    @Test
    void a_deep_tree_is_no_trouble() {
        String text = "return a" + " .. a".repeat(19_000) + "\n";
        assertThat(formatted(text)).isEqualTo(text);
    }
}
