package dev.sloth.plugins;

import static dev.sloth.plugins.testing.Caller.function;
import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesTest {
    @TempDir Path folder;

    private Caller module(String name) {
        return module(name, new TestHost(folder));
    }

    private static Caller module(String name, TestHost host) {
        var found = Plugins.all().stream().filter(m -> m.name().equals(name)).findFirst();
        return new Caller(found.orElseThrow(), host);
    }

    @Test
    void log_takes_any_value() {
        var host = new TestHost(folder);
        var log = module("log", host);
        log.call("info", "deployed", Map.of("version", 2));
        log.call("success", List.of(1, "a"));
        log.call("error", Value.Nil.NIL, "detail");
        log.call("print", "a", 1);
        log.call("table", Map.of("ports", List.of(80)), "Server");
        assertThat(host.logged)
                .containsExactly(
                        "INFO deployed version=2", "SUCCESS {1, \"a\"}", "ERROR nil value=detail");
        assertThat(host.printed).startsWith("a\t1", "Server", "{", "  ports = {");
    }

    private static Value field(Value text, String name) {
        return ((Text) text)
                .fields().stream()
                        .filter(f -> f.key().equals(Text.of(name)))
                        .findFirst()
                        .orElseThrow()
                        .value();
    }

    @Test
    void exec_gives_a_text_with_fields_an_error_and_a_flag() {
        var exec = module("exec");
        var good = exec.all("run", "echo hi; echo no >&2");
        assertThat(good).isEqualTo(List.of(Text.of("hi\n"), Value.Nil.NIL, Value.Bool.FALSE));
        assertThat(field(good.getFirst(), "stderr")).isEqualTo(value("no\n"));
        var bad = exec.all("sh", "echo why >&2; exit 3");
        assertThat(bad.get(1)).isEqualTo(value("why"));
        assertThat(field(bad.getFirst(), "exit_code")).isEqualTo(value(3));
        assertThat(exec.error("run", "exit 4")).isEqualTo("exit status 4");
        assertThat(exec.error("run", "sleep 5", Map.of("timeout", "100ms")))
                .isEqualTo("timed out after 0.1s");
        assertThat(exec.text("run", List.of("echo", "$HOME;x"))).isEqualTo("$HOME;x\n");
        assertThat(exec.text("run", Map.of("cmd", "echo $A", "env", Map.of("A", "b"))))
                .isEqualTo("b\n");
        assertThat(exec.text("run", "cat", Map.of("stdin", "in"))).isEqualTo("in");
        var missing = exec.all("run", List.of("/no/such"));
        assertThat(missing.get(2)).isEqualTo(value(true));
        assertThat(field(missing.getFirst(), "code")).isEqualTo(value(127));
        assertThatThrownBy(() -> exec.call("run", true)).isInstanceOf(CallFailure.class);
    }

    @Test
    void fs_works_relative_to_the_workdir_and_says_what_fails() throws Exception {
        var fs = module("fs");
        var bytes = Text.ofBytes(new byte[] {0, -1, 10});
        assertThat(fs.truth("write", "a.bin", bytes)).isTrue();
        assertThat(fs.call("read", "a.bin")).isEqualTo(bytes);
        assertThat(fs.truth("append", "a.bin", "x")).isTrue();
        assertThat(fs.number("size", "a.bin")).isEqualTo(4);
        assertThat(fs.truth("mkdir", "d/e")).isTrue();
        assertThat(fs.truth("copy", "a.bin", "d/e")).isTrue();
        assertThat(fs.truth("copy", "d", "f")).isTrue();
        assertThat(fs.truth("is_file", "f/e/a.bin")).isTrue();
        assertThat(fs.error("rm", "d")).contains("not empty");
        assertThat(fs.truth("rmr", "d")).isTrue();
        assertThat(fs.truth("exists", "d")).isFalse();
        assertThat(fs.call("ls", ".")).isEqualTo(value(List.of("a.bin", "f")));
        assertThat(fs.error("read", "none")).endsWith("no such file or directory");
        assertThat(fs.error("rmr", "/")).contains("not removed");
        assertThat(fs.error("rmr", ".")).contains("not removed");
        assertThat(fs.truth("move", "a.bin", "b.bin")).isTrue();
        var made = Path.of(fs.text("tmpname", "p"));
        assertThat(made).exists();
        Files.delete(made);
        assertThat(fs.text("basename", "/a/b/")).isEqualTo("b");
        assertThat(fs.text("dirname", "/a/b/")).isEqualTo("/a");
        assertThat(fs.text("join", "a/", "/b")).isEqualTo("a/b");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("f"));
        assertThat(fs.truth("rmr", "link")).isTrue();
        assertThat(fs.truth("is_file", "f/e/a.bin")).isTrue();
    }

    @Test
    void strings_cut_join_and_match() {
        var s = module("strings");
        assertThat(s.call("split", "a,b,", ",")).isEqualTo(value(List.of("a", "b", "")));
        assertThat(s.text("join", List.of("a", 1), "-")).isEqualTo("a-1");
        assertThat(s.text("replace", "aaa", "a", "b", 2)).isEqualTo("bba");
        assertThat(s.text("trim", " x\n")).isEqualTo("x");
        assertThat(s.text("title", "über den see")).isEqualTo("Über Den See");
        assertThat(s.number("count", "banana", "an")).isEqualTo(2);
        assertThat(s.call("match", "v1.2", "v(\\d+)")).isEqualTo(value(List.of("v1", "1")));
        assertThat(s.call("match_all", "a1b22", "\\d+")).isEqualTo(value(List.of("1", "22")));
        assertThat(s.text("replace_regex", "ab", "(a)(b)", "$2$1")).isEqualTo("ba");
        assertThat(s.error("match", "a", "(")).isNotEmpty();
        assertThat(s.error("match", "x".repeat(60), "(x+x+)+\\1y")).contains("too many steps");
        assertThat(s.text("pad_left", "é", 3, "0")).isEqualTo("00é");
        assertThat(s.text("truncate", "abcdef", 4)).isEqualTo("a...");
        assertThat(s.text("url_decode", s.text("url_encode", "ä b&"))).isEqualTo("ä b&");
        assertThat(s.error("url_decode", "%z")).isNotEmpty();
        assertThat(s.truth("is_email", "a@b.co")).isTrue();
        assertThat(s.truth("is_url", "http://x/y")).isTrue();
        assertThat(s.truth("is_numeric", "-1.5e3")).isTrue();
        assertThat(s.truth("is_alpha", "")).isFalse();
    }

    @Test
    void math_rounds_counts_and_draws() {
        var m = module("math");
        assertThat(m.number("round", 2.5)).isEqualTo(3);
        assertThat(m.number("round", -2.5)).isEqualTo(-3);
        assertThat(m.number("round", 1.256, 2)).isEqualTo(1.26);
        assertThat(m.number("clamp", 12, 0, 10)).isEqualTo(10);
        assertThat(m.number("median", List.of(3, 1, 2, 10))).isEqualTo(2.5);
        assertThat(m.number("mode", List.of(1, 2, 2))).isEqualTo(2);
        assertThat(m.number("std_dev", List.of(2, 4, 4, 4, 5, 5, 7, 9))).isEqualTo(2);
        assertThat(m.number("sum", List.of())).isEqualTo(0);
        assertThatThrownBy(() -> m.call("mean", List.of())).hasMessage("the list is empty");
        m.call("seed", 5);
        double first = m.number("random_int", 1, 1_000_000);
        m.call("seed", 5);
        assertThat(m.number("random_int", 1, 1_000_000)).isEqualTo(first).isBetween(1.0, 1e6);
        assertThatThrownBy(() -> m.call("random_int", 2, 1)).isInstanceOf(CallFailure.class);
    }

    @Test
    void time_is_written_and_read_in_three_kinds_of_layout() {
        var t = module("time");
        double now = t.number("now");
        assertThat(now).isEqualTo((double) TestHost.NOW.getEpochSecond());
        assertThat(t.text("format", now, "%Y-%m-%d %H:%M:%S", "UTC"))
                .isEqualTo("2026-11-23 22:33:44");
        assertThat(t.text("format", now, "Mon Jan _2 15:04:05 2006", "UTC"))
                .isEqualTo("Mon Nov 23 22:33:44 2026");
        assertThat(t.text("rfc3339", now)).isEqualTo("2026-11-23T22:33:44Z");
        assertThat(t.number("parse", "2026-11-23T22:33:44Z", "RFC3339")).isEqualTo(now);
        assertThat(t.number("parse", "23/11/2026", "02/01/2006")).isEqualTo(1795392000);
        assertThat(t.error("parse", "x", "%Y")).isNotEmpty();
        assertThat(t.error("format", now, "%Q")).contains("%Q");
        assertThat(t.number("add", now, "1h30m")).isEqualTo(now + 5400);
        assertThat(t.number("sub", now, 60)).isEqualTo(now - 60);
        assertThat(t.error("add", now, "soon")).contains("soon");
        assertThat(t.number("duration", "1h30m")).isEqualTo(5400);
        assertThat(t.number("since", now)).isEqualTo(0.5);
        assertThat(t.number("truncate", now, "1h")).isEqualTo(now - 33 * 60 - 44);
        assertThat(t.text("weekday", now, "UTC")).isEqualTo("Monday");
        assertThat(t.error("in_location", now, "Asia/Tokyo"))
                .isEqualTo("2026-11-24T07:33:44+09:00");
        assertThat(t.truth("before", 1, 2)).isTrue();
    }

    @Test
    void crypto_answers_the_known_vectors_and_keeps_secrets() {
        var c = module("crypto");
        assertThat(c.text("md5", "")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(c.text("sha1", "abc")).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(c.text("hash", "sha256", "abc")).isEqualTo(c.text("hash", "abc", "sha256"));
        assertThat(c.text("hmac", "sha256", "key", "The quick brown fox jumps over the lazy dog"))
                .isEqualTo("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
        assertThat(c.text("base64_decode", c.text("base64_encode", "sloth"))).isEqualTo("sloth");
        assertThat(c.error("base64_decode", "*")).contains("base64");
        assertThat(c.text("hex_decode", "41")).isEqualTo("A");
        assertThat(c.text("uuid")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].*");
        assertThat(c.text("generate_password", 12, false)).matches("[a-zA-Z0-9]{12}");
        assertThat(c.error("generate_password", 1)).contains("length");
        assertThat(c.text("random_string", 5, "é")).isEqualTo("ééééé");
        var sealed = c.text("aes_encrypt", "text", "key");
        assertThat(c.text("aes_encrypt", "text", "key")).isNotEqualTo(sealed);
        assertThat(c.text("aes_decrypt", sealed, "key")).isEqualTo("text");
        assertThat(c.error("aes_decrypt", sealed, "other")).contains("cannot be decrypted");
        assertThat(c.error("aes_decrypt", "AAAA", "key")).contains("cannot be decrypted");
    }

    @Test
    void templates_choose_repeat_and_name_the_place_of_mistakes() throws Exception {
        var t = module("template");
        var vars = Map.of("name", "sloth", "list", List.of(Map.of("p", 1), Map.of("p", 2)));
        assertThat(
                        t.text(
                                "render",
                                "{{ name | upper }}{{ if none }}x{{ else }}-{{ end }}{{ for i in list }}"
                                        + "{{ i.p }};{{ end }}{{ none | default \"d|\" }}{{ list.1 | json }}",
                                vars))
                .isEqualTo("SLOTH-1;2;d|{\"p\":1}");
        assertThat(t.error("render", "a\n {{ none }}", vars)).startsWith("2:2: none has no value");
        assertThat(t.error("render", "{{ if name }}")).isEqualTo("1:1: this if has no end");
        assertThat(t.error("render", "{{ x")).contains("not closed");
        assertThat(t.error("render", "{{ x | nope }}")).contains("no filter");
        assertThat(t.error("render", "{{ end }}")).contains("belongs to nothing");
        Files.writeString(folder.resolve("t"), "hi {{ name }}");
        assertThat(t.truth("render_file", "t", "out", vars)).isTrue();
        assertThat(folder.resolve("out")).hasContent("hi sloth");
        assertThat(t.error("render_file", "nope", "out")).contains("no such file");
    }

    @Test
    void reliability_tries_again_and_breakers_open_and_close() throws Exception {
        var host = new TestHost(folder);
        var r = module("reliability", host);
        host.turns.run(() -> {
            var calls = new ArrayList<Integer>();
            var third =
                    function(_ -> {
                        calls.add(1);
                        return calls.size() < 3
                                ? Caller.values(false, "not yet")
                                : Caller.values("done");
                    });
            assertThat(r.text("retry", 3, 0.001, third)).isEqualTo("done");
            var failing =
                    function(_ -> {
                        throw new IllegalStateException("down");
                    });
            assertThat(r.error("retry", 2, 0.001, failing))
                    .isEqualTo("failed after 2 attempts: down");
            var changes = new ArrayList<List<Value>>();
            var config =
                    Map.of(
                            "max_failures",
                            2,
                            "timeout",
                            "10s",
                            "success_threshold",
                            1,
                            "on_state_change",
                            function(a -> {
                                changes.add(a);
                                return List.of();
                            }));
            r.call("circuit_breaker", "api", config, failing);
            r.call("circuit_breaker", "api", config, failing);
            assertThat(r.error("circuit_breaker", "api", config, third)).contains("is open");
            host.now = host.now.plusSeconds(10);
            assertThat(r.text("circuit_breaker", "api", config, third)).isEqualTo("done");
            assertThat(changes)
                    .containsExactly(
                            Caller.values("api", "closed", "open"),
                            Caller.values("api", "open", "half_open"),
                            Caller.values("api", "half_open", "closed"));
            var stats = (DataTable) r.call("get_circuit_stats", "api");
            assertThat(stats.at("total_failures")).isEqualTo(value(2));
            assertThat(r.truth("reset_circuit", "api")).isTrue();
            assertThat(r.truth("reset_circuit", "other")).isFalse();
            assertThat(r.call("list_circuits")).isEqualTo(value(List.of("api")));
        });
    }

    @Test
    void the_workdir_is_not_removed_when_it_holds_the_project() {
        var w = module("workdir");
        assertThat(w.text("get")).isEqualTo(folder.toString());
        assertThat(w.truth("ensure")).isTrue();
        assertThat(w.truth("exists")).isTrue();
        assertThat(w.error("cleanup")).contains("not removed");
    }

    @Test
    void a_directory_is_not_read_as_a_file() {
        assertThat(module("fs").error("read", ".")).endsWith("is a directory");
    }

    @Test
    void numbers_as_text_count_in_statistics() {
        var math = module("math");
        assertThat(math.number("sum", List.of("1", 2, " 3.5e0 "))).isEqualTo(6.5);
        assertThatThrownBy(() -> math.all("sum", List.of("x"))).hasMessageContaining("list[1]");
    }
}
