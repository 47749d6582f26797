package dev.sloth.dsl.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Constant;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.ScriptLimits;
import dev.sloth.dsl.Scripts;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Linted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptLinterTest {
    private static final ScriptLinter LINTER =
            new ScriptLinter(
                    new Scripts(List.of(shop(), doors(), events()), ScriptLimits.DEFAULT)
                            .modules());

    private static Module shop() {
        return Module.named("shop", "Sells.")
                .functions(
                        Function.named("buy")
                                .param("what", Type.STRING, "")
                                .optional("count", Type.INTEGER, "")
                                .param(
                                        Parameter.optional("options", Type.TABLE, "")
                                                .options(
                                                        Parameter.optional(
                                                                "gift", Type.BOOLEAN, "")))
                                .body(_ -> Results.none()),
                        Function.named("open")
                                .param("name", Type.STRING, "")
                                .optional("wait", Type.DURATION, "")
                                .namedOrPositional()
                                .returns("basket", Type.HANDLE, "")
                                .body(_ -> Results.none()),
                        Function.named("choose")
                                .param(
                                        Parameter.required("all", Type.TABLE, "")
                                                .items(
                                                        Parameter.required("what", Type.STRING, ""),
                                                        Parameter.optional(
                                                                "gift", Type.BOOLEAN, "")))
                                .param(
                                        Parameter.optional("size", Type.STRING, "")
                                                .words("small", "large"))
                                .body(_ -> Results.none()))
                .handles(
                        HandleType.named("shop.basket", "")
                                .methods(
                                        Function.named("add")
                                                .param("what", Type.STRING, "")
                                                .body(_ -> Results.none())))
                .constants(new Constant("limit", new Value.Num(5), ""));
    }

    private static Module doors() {
        return Module.named("shop.doors", "In and out.")
                .functions(Function.named("shut").body(_ -> Results.none()));
    }

    private static Module events() {
        return Module.named("event", "Tells.")
                .functions(
                        Function.named("dispatch")
                                .param("type", Type.STRING, "")
                                .body(_ -> Results.none()));
    }

    /// Findings as `line:column rule: message`.
    private static List<String> found(String text) {
        return found(text, Neighbours.NONE);
    }

    private static List<String> found(String text, Neighbours neighbours) {
        var linted = LINTER.lint("test", text.getBytes(StandardCharsets.UTF_8), neighbours);
        return switch (linted) {
            case Linted.Read(var findings) ->
                    findings.stream().map(ScriptLinterTest::shown).toList();
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
    void misspelt_functions_are_found_with_what_was_meant() {
        assertThat(
                        found(
                                """
                                shop.by("x")
                                shop.doors.shutt()
                                string.formt("%d", shop.limit)
                                local s = shop
                                s.opn("x")
                                require("shop").bye("x")
                                if shop.unheard then shop.unheard() end
                                if shop.opn then print(1) end
                                """))
                .containsExactly(
                        "1:6 unknown-function: 'shop' has no 'by', did you mean 'buy'?",
                        "2:12 unknown-function: 'shop.doors' has no 'shutt', did you mean 'shut'?",
                        "3:8 unknown-function: 'string' has no 'formt', did you mean 'format'?",
                        "5:3 unknown-function: 'shop' has no 'opn', did you mean 'open'?",
                        "6:17 unknown-function: 'shop' has no 'bye'",
                        "7:27 unknown-function: 'shop' has no 'unheard'",
                        "8:9 unknown-function: 'shop' has no 'opn', did you mean 'open'?");
    }

    @Test
    void what_the_script_adds_or_calls_alike_is_its_own_affair() {
        assertThat(
                        found(
                                """
                                function string.trim(s) return s end
                                shop.sell = print
                                shop.sell(string.trim("x"))
                                local function inner(shop) return shop.anything(1, 2) end
                                print(inner, values.a.b, Values.c, outputs.d, event.data.version)
                                task = print
                                task(1, 2, 3)
                                """))
                .isEmpty();
    }

    @Test
    void arguments_are_held_against_declarations() {
        assertThat(
                        found(
                                """
                                shop.buy()
                                shop.buy("x", "many")
                                shop.buy("x", 1, { gift = 1, wrap = true })
                                shop.buy({}, 1.5)
                                shop.buy("x", 1, {}, 4)
                                shop.open{ nam = "x", wait = "soon" }
                                shop:buy("x")
                                """))
                .containsExactly(
                        "1:1 wrong-arity: 'shop.buy': the argument 'what' is missing",
                        "2:15 wrong-type: 'shop.buy': number expected, got string",
                        "3:20 wrong-type: 'shop.buy': field 'gift': boolean expected, got number",
                        "3:30 unknown-field: 'shop.buy': unknown field 'wrap'",
                        "4:10 wrong-type: 'shop.buy': string expected, got table",
                        "4:14 wrong-type: 'shop.buy': number has no integer representation",
                        "5:22 extra-argument: 'shop.buy': it takes 3 arguments, this one is"
                                + " dropped",
                        "6:10 wrong-arity: 'shop.open': the field 'name' is missing",
                        "6:12 unknown-field: 'shop.open': unknown field 'nam', did you mean"
                                + " 'name'?",
                        "6:23 wrong-type: 'shop.open': field 'wait': a duration such as \"300ms\","
                                + " \"10s\", \"5m\" or \"1h30m\" expected, got \"soon\"",
                        "7:6 wrong-type: 'shop.buy' is called with a colon and gets the module"
                                + " itself first");
    }

    @Test
    void tables_in_lists_are_held_against_declarations() {
        assertThat(
                        found(
                                """
                                shop.choose({ { what = "a" }, { wat = "b" } })
                                shop.choose({ { what = {}, gift = true } }, "small")
                                shop.choose({ { what = "a", gift = 1 }, 5 }, "medium")
                                local one = { wat = "x" }
                                shop.choose({ one, { what = "a", [print] = 1 }, f }, one)
                                shop.choose({ x = { wat = 1 } }, "large")
                                """))
                .containsExactly(
                        "1:31 wrong-arity: 'shop.choose': all[2]: the field 'what' is missing",
                        "1:33 unknown-field: 'shop.choose': all[2]: unknown field 'wat', did you"
                                + " mean 'what'?",
                        "2:17 wrong-type: 'shop.choose': all[1]: field 'what': string expected, got"
                                + " table",
                        "3:29 wrong-type: 'shop.choose': all[1]: field 'gift': boolean expected,"
                                + " got number",
                        "3:46 wrong-type: 'shop.choose': small or large expected, got \"medium\"",
                        "5:49 undefined-name: 'f' is not defined",
                        "5:54 wrong-type: 'shop.choose': string expected, got table");
    }

    @Test
    void what_is_not_known_is_not_judged() {
        assertThat(
                        found(
                                """
                                local function f(...)
                                    shop.buy(...)
                                    shop.buy(f(), 1, f())
                                    local options = {}
                                    options.gift = true
                                    shop.buy("x", nil, options)
                                    shop.open(options)
                                    local kind = "x"
                                    kind = {}
                                    shop.buy(kind)
                                    shop.buy(12, "3")
                                end
                                f()
                                """))
                .isEmpty();
    }

    @Test
    void texts_have_the_functions_of_string_for_methods() {
        assertThat(
                        found(
                                """
                                print(("x"):uper())
                                local name = "a" .. "b"
                                print(name:repp(2), name:rep(2), ("y"):len())
                                """))
                .containsExactly(
                        "1:13 unknown-method: a text has no method 'uper', did you mean 'upper'?",
                        "3:12 unknown-method: a text has no method 'repp', did you mean 'rep'?");
        assertThat(found("function string.trim(s) return s end print(('x'):trim())")).isEmpty();
        assertThat(found("getmetatable('').__index = {} print(('x'):trim())")).isEmpty();
    }

    @Test
    void objects_have_the_methods_of_their_kind() {
        assertThat(
                        found(
                                """
                                local basket = shop.open("x")
                                basket:ad("y")
                                basket:add()
                                shop.open("z"):add("y")
                                """))
                .containsExactly(
                        "2:8 unknown-method: a shop.basket has no method 'ad', did you mean 'add'?",
                        "3:1 wrong-arity: 'shop.basket:add': the argument 'what' is missing");
    }

    @Test
    void builders_and_tables_have_the_fields_of_tasks_stages_and_workflows() {
        assertThat(
                        found(
                                """
                                local a = task("a"):comand("x"):timeout("soon"):description("d")
                                local b = task("b", { comand = "x" })
                                local c = task "c" { depend_on = "a", uses = b }
                                workflow.define("w", { taks = { a } })
                                workflow.define("v"):tasks({ a, b, c, { nmae = "d" } })
                                Workflow = {
                                    stages = { { name = "s", paralel = true, tasks = { { cmd = 1 } } } },
                                }
                                TaskDefinitions = { g = { tasks = { e = { command = "x", retry = 2 } } } }
                                """))
                .containsExactly(
                        "1:21 unknown-method: a task has no method 'comand', did you mean"
                                + " 'command'?",
                        "1:41 wrong-type: 'task:timeout': a duration such as \"300ms\", \"10s\","
                                + " \"5m\" or \"1h30m\" expected, got \"soon\"",
                        "2:23 unknown-field: a task has no field 'comand', did you mean 'command'?",
                        "3:22 unknown-field: a task has no field 'depend_on', did you mean"
                                + " 'depends_on'?",
                        "4:24 unknown-field: a workflow has no field 'taks', did you mean 'tasks'?",
                        "5:41 unknown-field: a task has no field 'nmae', did you mean 'name'?",
                        "7:30 unknown-field: a stage has no field 'paralel', did you mean"
                                + " 'parallel'?",
                        "7:58 unknown-field: a task has no field 'cmd'");
    }

    @Test
    void tasks_that_are_in_no_workflow_are_found() {
        String tasks =
                """
                local a = task("a"):command("x")
                local b = task("b"):command("x")
                task("c"):command("x")
                task("d"):command("x")
                for i = 1, 2 do task("e" .. i):command("x") end
                """;
        assertThat(found(tasks + "workflow.define(\"w\"):tasks({ a, \"d\" })"))
                .containsExactly(
                        "2:7 unused-task: task 'b' is in no workflow and never runs",
                        "3:1 unused-task: task 'c' is in no workflow and never runs");
        assertThat(found(tasks + "return a"))
                .containsExactly("2:7 unused-local: local 'b' is never used");
    }

    @Test
    void a_task_whose_methods_alone_are_called_is_in_no_workflow() {
        assertThat(
                        found(
                                """
                                local a = task("a")
                                a:command("x"):description("y")
                                local b = task("b")
                                b:command("x")
                                local c = task("c")
                                local d = c:command("x")
                                local e = task("e")
                                print(e)
                                local f = task("f")
                                local function g() f:description("h") end
                                g()
                                workflow.define("w"):tasks({ b, d })
                                """))
                .containsExactly(
                        "1:7 unused-task: task 'a' is in no workflow and never runs",
                        "9:7 unused-task: task 'f' is in no workflow and never runs");
    }

    @Test
    void locals_that_hide_a_module_in_use_are_found() {
        assertThat(found("shop.buy(\"x\")\ndo local shop = 1 print(shop) end"))
                .containsExactly(
                        "2:10 shadowed-module: 'shop' hides the module of this name, which is used"
                                + " elsewhere");
        assertThat(found("local shop = shop shop.buy(\"x\")")).isEmpty();
        assertThat(found("local shop = require(\"shop\") shop.buy(\"x\")")).isEmpty();
        assertThat(found("local group = 1 print(group)")).isEmpty();
    }

    @Test
    void files_of_hooks_find_what_hooks_find() {
        assertThat(found("return { execute = function(e) return contains(e, 1) end }")).isEmpty();
        assertThat(found("function on_event(e) return contains(e, 1) end")).isEmpty();
        assertThat(found("print(contains({}, 1))"))
                .containsExactly("1:7 undefined-name: 'contains' is not defined");
    }

    @Test
    void names_that_imported_files_define_are_known() {
        var files = Map.of("lib", "import(\"deep\") helper = 1", "deep", "function deeper() end");
        assertThat(found("import(\"lib\") print(helper, deeper, helpr)", in(files)))
                .containsExactly(
                        "1:37 undefined-name: 'helpr' is not defined, did you mean 'helper'?");
        assertThat(found("import(\"gone\") print(helper)", in(files))).isEmpty();
        assertThat(found("local name = \"lib\" import(name) print(helper)", in(files))).isEmpty();
        assertThat(found("load(\"helper = 1\")() print(helper)", in(files))).isEmpty();
    }

    private static Neighbours in(Map<String, String> files) {
        return (_, name) ->
                Optional.ofNullable(files.get(name))
                        .map(text ->
                                new Neighbours.Neighbour(
                                        name, text.getBytes(StandardCharsets.UTF_8), in(files)));
    }

    @Test
    void every_rule_says_what_it_is() {
        assertThat(LINTER.rules()).extracting(rule -> rule.name()).doesNotHaveDuplicates();
        assertThat(LINTER.rules()).allMatch(rule -> rule.doc().endsWith("."));
    }
}
