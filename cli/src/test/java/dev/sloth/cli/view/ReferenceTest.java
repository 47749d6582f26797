package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Module DOOR =
            Module.named("door", "Opens doors. And closes them.")
                    .functions(
                            Function.named("open")
                                    .doc("Opens a door.")
                                    .param("name", Type.STRING, "Which one.")
                                    .param(
                                            Parameter.optional("end", Type.TABLE, "How.")
                                                    .options(
                                                            Parameter.optional(
                                                                    "wait",
                                                                    Type.DURATION,
                                                                    "How long.")))
                                    .namedOrPositional()
                                    .returns("ok", Type.BOOLEAN, "Whether it is open.")
                                    .returnsOrNil("key", Type.STRING, "Its key, or nil.")
                                    .returnsOrNil("how", Type.DURATION, "How long, or nil.")
                                    .needs(Permission.FS)
                                    .example("door.open(\"front\")")
                                    .body(_ -> Results.none()),
                            Function.named(Function.ITSELF)
                                    .param("name", Type.STRING, "")
                                    .body(_ -> Results.none()))
                    .handles(
                            HandleType.named("door.key", "A key.")
                                    .methods(
                                            Function.named("turn")
                                                    .optional("times", Type.INTEGER, "")
                                                    .variadic()
                                                    .body(_ -> Results.none())));

    @Test
    void a_function_shows_all_that_was_declared() {
        assertThat(Reference.module(DOOR))
                .containsSubsequence(
                        "door: Opens doors. And closes them.",
                        "door.open(name, end?)  or one table with these fields",
                        "    Opens a door.",
                        "    name: string  Which one.",
                        "    end?: table  How.",
                        "        wait?: string|number  How long.",
                        "    -> ok: boolean  Whether it is open.",
                        "    -> key: string?  Its key, or nil.",
                        "    needs: fs",
                        "      | door.open(\"front\")",
                        "door(name)",
                        "object door.key: A key.",
                        "door.key:turn(times?, ...)");
    }

    @Test
    void annotations_are_lua_that_editors_read() {
        assertThat(Annotations.of(DOOR))
                .containsExactly(
                        "---@meta",
                        "",
                        "--- A key.",
                        "---@class door.key",
                        "local door_key = {}",
                        "",
                        "---@param ...? integer",
                        "function door_key:turn(...) end",
                        "",
                        "--- Opens doors. And closes them.",
                        "---@class doorlib",
                        "---@overload fun(name: string)",
                        "door = {}",
                        "",
                        "--- Opens a door.",
                        "--- Needs: fs",
                        "---@param name string Which one.",
                        "---@param end_? { wait?: string|number } How.",
                        "---@return boolean ok Whether it is open.",
                        "---@return string? key Its key, or nil.",
                        "---@return (string|number)? how How long, or nil.",
                        "---@overload fun(options: { name: string, end_?: { wait?: string|number } }): boolean, string?,"
                                + " (string|number)?",
                        "function door.open(name, end_) end");
    }
}
