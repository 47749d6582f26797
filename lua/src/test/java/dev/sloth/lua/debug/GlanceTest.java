package dev.sloth.lua.debug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is looked up under a pointer, and that nothing runs for it.
class GlanceTest {
    /// Each metamethod tells the test when it is called.
    private static final String SCRIPT =
            """
            local meta = {}
            for _, name in ipairs({ '__index', '__call', '__concat', '__len', '__tostring',
                    '__eq', '__unm', '__newindex', '__metatable', '__pairs', '__name' }) do
                meta[name] = function() signal(name) return 'made' end
            end
            local t = { own = 1, deep = { 'one', { two = 2 } }, key = 'own' }
            setmetatable(t, meta)
            setmetatable(t.deep, { __index = { behind = 'class' } })
            setmetatable(_G, { __index = function(_, k) signal('global ' .. k) return 'made' end })
            local holder = { t }
            local text = 'abc'
            local outer = 'up'
            local function f(...)
                local seen = outer
                return seen --*
            end
            local i = 2
            signal('ready') --*
            f(1)
            """;

    @Test
    void names_fields_and_constant_keys_are_looked_up() {
        try (var session = new Session().run(SCRIPT)) {
            var halt = session.halt();
            assertThat(Session.look(halt, "t.own")).isEqualTo("1");
            assertThat(Session.look(halt, "t['own']")).isEqualTo("1");
            assertThat(Session.look(halt, "t[t.key]")).isEqualTo("1");
            assertThat(Session.look(halt, "t.deep[1]")).isEqualTo("\"one\"");
            assertThat(Session.look(halt, "t.deep[i].two")).isEqualTo("2");
            assertThat(Session.look(halt, "t.deep.behind")).isEqualTo("\"class\"");
            assertThat(Session.look(halt, "t.deep.none")).isEqualTo("nil");
            assertThat(Session.look(halt, "print")).isEqualTo("function: builtin print");
            assertThat(Session.look(halt, "text.upper")).isEqualTo("function: builtin upper");
            assertThat(Session.look(halt, "t.own.x"))
                    .isEqualTo("failed: there is no 't.own.x': a number has no fields");
            halt.resume(Go.ON);
            assertThat(session.signal()).isEqualTo("ready");
            var within = session.halt();
            assertThat(Session.look(within, "outer")).isEqualTo("\"up\"");
        }
    }

    @Test
    void what_only_code_could_tell_is_refused_and_nothing_runs() {
        try (var session = new Session().run(SCRIPT)) {
            var halt = session.halt();
            for (var name : new String[] {"t.none", "t.none.more", "holder[1].x", "unknown"}) {
                assertThat(Session.look(halt, name)).contains("(__index), which is not run");
            }
            for (var code :
                    new String[] {
                        "t()",
                        "f()",
                        "t:x()",
                        "t .. 'a'",
                        "#t",
                        "-t",
                        "t == t",
                        "{}",
                        "(t)",
                        "...",
                        "t.own, t.own",
                        "t.own = 2",
                        "1 1",
                        "",
                        "function() end"
                    }) {
                assertThat(Session.look(halt, code)).as(code).startsWith("failed: only names");
            }
            var _ = Session.locals(halt);
            var t =
                    Session.page(halt, Session.locally(halt)).variables().stream()
                            .filter(v -> v.name().equals("t"))
                            .findFirst()
                            .orElseThrow();
            assertThat(t.shown().text()).isEqualTo("table: 3 entries");
            var fields = new Container.Fields(halt.calls().getFirst(), t.value());
            assertThat(Session.text(Session.page(halt, fields)))
                    .isEqualTo("own=1 deep=table: 2 entries key=\"own\"");
            halt.resume(Go.ON);
            // the first thing that the script was heard of
            assertThat(session.signal()).isEqualTo("ready");
        }
    }

    @Test
    void a_name_with_too_many_levels_is_refused() {
        try (var session = new Session().run("local a = 1\nreturn a --*")) {
            var halt = session.halt();
            assertThat(Session.look(halt, "a" + "[a".repeat(100_000) + "]".repeat(100_000)))
                    .startsWith("failed: only names");
            assertThat(Session.look(halt, "a" + ".a".repeat(100_000))).startsWith("failed: ");
            assertThat(Session.look(halt, "a")).isEqualTo("1");
        }
    }
}
