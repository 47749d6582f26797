package dev.sloth.lua.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.Programs;
import dev.sloth.lua.syntax.Mutation;
import dev.sloth.lua.syntax.Scripts;
import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinterTest {
    private static final int PROGRAMS = 1_000;
    private static final int MUTATED = 20_000;

    private static final Spelling SPELLING =
            (word, known) ->
                    known.contains(word.replace("pritn", "print")) ? ", did you mean it?" : "";

    private static final Linter LINTER =
            new Linter(
                    LuaChecks.all(
                            _ ->
                                    Optional.of(
                                            Set.of(
                                                    "print",
                                                    "pairs",
                                                    "error",
                                                    "os",
                                                    "_G",
                                                    "setmetatable")),
                            SPELLING),
                    SPELLING);

    /// Findings as `line:column rule: message`.
    private static List<String> found(String text) {
        return switch (LINTER.lint("test", text.getBytes(StandardCharsets.UTF_8))) {
            case Linted.Read(var findings) -> findings.stream().map(LinterTest::shown).toList();
            case Linted.Wrong(var errors) -> throw new AssertionError(errors);
        };
    }

    private static String shown(Finding finding) {
        return "%d:%d %s: %s"
                .formatted(
                        finding.span().line(),
                        finding.span().column(),
                        finding.rule().name(),
                        finding.message());
    }

    @Test
    void locals_that_nobody_reads_are_found() {
        assertThat(found("local a = 1\nlocal b\nb = 2\nlocal function c() end"))
                .containsExactly(
                        "1:7 unused-local: local 'a' is never used",
                        "2:7 unused-local: local 'b' is set but never read",
                        "4:16 unused-local: local function 'c' is never used");
        assertThat(found("for k, v in pairs({}) do print(k) end"))
                .containsExactly("1:8 unused-loop-name: 'v' is never used in this loop");
    }

    @Test
    void what_must_be_named_to_get_at_another_is_used() {
        assertThat(
                        found(
                                """
                                local a, b = print()
                                print(b)
                                for k, v in pairs({}) do print(v) end
                                for i = 1, 3 do print() end
                                local _, c = print()
                                local function f(x, y) return y end
                                print(c, f)
                                local t = {}
                                t.x = 1
                                function t:m() return 1 end
                                """))
                .isEmpty();
    }

    @Test
    void hidden_variables_are_told_with_their_place() {
        assertThat(
                        found(
                                """
                                local a = 1
                                local function f(a)
                                    for i = 1, a do
                                        local a = i
                                        print(a)
                                    end
                                    local a = a
                                    return a
                                end
                                print(a, f)
                                """))
                .containsExactly(
                        "2:18 shadowed-local: 'a' hides the 'a' of line 1",
                        "4:15 shadowed-local: 'a' hides the 'a' of line 2");
        assertThat(found("local a = 1 print(a) local a = 2 print(a)")).isEmpty();
        assertThat(found("local a = 1 do local a = a or 2 print(a) end")).isEmpty();
        assertThat(found("local a = 1 do local a = print and a or 2 print(a) end")).isEmpty();
        assertThat(found("local a = 1 do local a = print or 2 print(a) end print(a)")).hasSize(1);
    }

    @Test
    void names_that_nobody_defines_are_found_with_what_was_meant() {
        assertThat(found("do local a = 1 print(a) end\nprint(a)"))
                .containsExactly(
                        "2:7 undefined-name: 'a' is not defined here; the local of line 1 is not"
                                + " seen from here");
        assertThat(found("pritn(x)\ny = 1\nprint(y)\nfunction z() return y end\n_G.w = 1 print(w)"))
                .containsExactly(
                        "1:1 undefined-name: 'pritn' is not defined, did you mean it?",
                        "1:7 undefined-name: 'x' is not defined");
    }

    @Test
    void globals_that_functions_make_are_found() {
        assertThat(
                        found(
                                """
                                count = 0
                                local function f()
                                    count = count + 1
                                    result = count
                                end
                                f()
                                print(result)
                                """))
                .containsExactly("4:5 global-in-function: this function sets the global 'result'");
    }

    @Test
    void code_that_is_never_reached_is_found_once_a_block() {
        assertThat(
                        found(
                                """
                                local function f(a)
                                    if a then return 1 else error("no") end
                                    print(1)
                                    print(2)
                                end
                                local function g()
                                    while true do
                                        for i = 1, 2 do if i == 2 then break end end
                                    end
                                    print(3)
                                end
                                f(g)
                                os.exit(1)
                                print(4)
                                """))
                .containsExactly(
                        "3:5 unreachable-code: this is never reached: the statement of line 2 does"
                                + " not go on",
                        "10:5 unreachable-code: this is never reached: the statement of line 7 does"
                                + " not go on",
                        "14:1 unreachable-code: this is never reached: the statement of line 13"
                                + " does not go on");
    }

    @Test
    void what_stands_behind_a_repeat_that_returns_in_its_first_turn_is_never_reached() {
        assertThat(found("local a = ...\nrepeat\n  print(a)\n  return\nuntil a\nprint(1)"))
                .containsExactly(
                        "6:1 unreachable-code: this is never reached: the statement of line 2 does"
                                + " not go on");
        assertThat(
                        found(
                                "local a = ...\nrepeat\n  if a then break end\n  return\nuntil a\nprint(1)"))
                .isEmpty();
    }

    @Test
    void code_that_may_be_reached_is_left_alone() {
        assertThat(
                        found(
                                """
                                local function f(a)
                                    while true do
                                        if a then break end
                                    end
                                    while true do
                                        for i = 1, 2 do if i == a then goto out end end
                                    end
                                    ::out::
                                    if a then return 1 end
                                    local error = print
                                    error("goes on")
                                    repeat
                                        do break end
                                    until false
                                    return 2
                                end
                                f()
                                """))
                .isEmpty();
    }

    @Test
    void lists_are_held_against_each_other() {
        assertThat(
                        found(
                                """
                                print({ a = 1, b = 2, ["a"] = 3, [1] = 1, [1.0] = 2, 5 })
                                print(function(x, _, _, x) return x end)
                                local a, b = 1, 2, 3
                                a, b = 1
                                local c, d, e = nil
                                local f, g = print()
                                ::top::
                                print(a, b, c, d, e, f, g)
                                """))
                .containsExactly(
                        "1:24 duplicate-field: the table has the field 'a' in line 1 already",
                        "1:44 duplicate-field: the table has the field '1' in line 1 already",
                        "1:54 duplicate-field: the table has the field '1' in line 1 already",
                        "2:25 duplicate-parameter: the parameter 'x' is there twice",
                        "3:20 unbalanced-assignment: there is no variable for this value",
                        "4:8 unbalanced-assignment: there are 2 variables, but only 1 value",
                        "7:3 unused-label: nothing goes to the label 'top'");
    }

    @Test
    void comments_allow_on_their_line_or_the_next() {
        assertThat(
                        found(
                                """
                                local a = 1 -- lint: allow unused-local
                                -- lint: allow unused-local, undefined-name
                                local b = x
                                local c = y --[[ lint: allow undefined-name ]]
                                -- lint: allow unused-locals
                                """))
                .containsExactly(
                        "4:7 unused-local: local 'c' is never used",
                        "5:1 unknown-rule: there is no rule 'unused-locals'");
    }

    @Test
    void a_text_that_does_not_parse_is_told_with_all_its_errors() {
        var wrong =
                (Linted.Wrong)
                        LINTER.lint("test", "x = = 1\nz = )".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.errors()).hasSize(2);
    }

    @Test
    void deep_trees_are_no_trouble() {
        for (String link : List.of(" .. print", ".a", "()", " + print", "[print]")) {
            assertThat(found("return print" + link.repeat(19_000))).isEmpty();
        }
        assertThat(found("return " + "{".repeat(190) + "}".repeat(190))).isEmpty();
    }

    @Test
    void every_finding_has_a_place_in_its_script_and_a_rule_that_is_declared() {
        var names = LINTER.rules().stream().map(Rule::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
        Scripts.bytes().forEach(script -> everyFindingIsInPlace(script, names));
        Gen.forAll(
                PROGRAMS,
                gen ->
                        everyFindingIsInPlace(
                                new Programs(gen).program().getBytes(StandardCharsets.UTF_8),
                                names));
        Gen.forAll(MUTATED, gen -> everyFindingIsInPlace(new Mutation(gen).script(), names));
    }

    private static void everyFindingIsInPlace(byte[] script, List<String> names) {
        switch (LINTER.lint("test", script)) {
            case Linted.Read(var findings) -> {
                for (Finding finding : findings) {
                    assertThat(names).contains(finding.rule().name());
                    assertThat(finding.span().to()).isLessThanOrEqualTo(script.length);
                    assertThat(finding.message()).isNotBlank();
                }
            }
            case Linted.Wrong(var errors) -> assertThat(errors).isNotEmpty();
        }
    }
}
